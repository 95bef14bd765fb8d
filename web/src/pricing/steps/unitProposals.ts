import { split } from '../allocation';
import type { Bundle, FreeGift, UnitOrder } from '../documents';
import { QUANTITY_SCALE, WHOLE_PERCENT } from '../limits';
import { percentOff, product, quotient } from '../rounding';
import type { Reason } from '../rules/reasons';
import { type Proposal, isOpen } from './proposals';
import type { Work, WorkLine } from './work';

/**
 * Puts places of a proposal in order of what one of their free units costs, ties in order of the lines. Each must have a free unit:
 * without one it would compare as equal to all.
 */
export function sortUnits(work: Work, proposal: Proposal, order: number[], by: UnitOrder): number[] {
  if (by === 'lineOrder') return order;
  const sign = by === 'cheapest' ? 1 : -1;
  const line = (k: number) => work.lines[proposal.places[k]!]!;
  return order.sort((a, b) => sign * byUnitValue(line(a), line(b)) || a - b);
}

/** A percentage (x 10^6) off so many of the line's free units. */
export function percentOffUnits(work: Work, line: WorkLine, units: number, rate: number): number {
  if (rate === WHOLE_PERCENT) return product(line.leftOfFree, units * QUANTITY_SCALE, line.freeQuantity, work.mode);
  return quotient(
    BigInt(line.leftOfFree) * BigInt(units * QUANTITY_SCALE) * BigInt(rate),
    BigInt(line.freeQuantity) * BigInt(WHOLE_PERCENT),
    work.mode);
}

/** A free gift: the cheapest units that may be given. */
export function fillGift(work: Work, proposal: Proposal, rule: FreeGift): Reason | undefined {
  const { promotion } = proposal;
  let inCart = false;
  work.lines.forEach((line, at) => {
    if (!line.discountable || line.freeUnits <= 0 || !promotion.given.matches(line)) return;
    inCart = true;
    if (isOpen(line, promotion)) proposal.add(at);
  });
  if (proposal.places.length === 0) return inCart ? 'not_combinable' : 'gift_not_in_cart';
  proposal.countsUnits = true;
  let left = rule.quantity ?? 1;
  for (const k of sortUnits(work, proposal, proposal.places.map((_, i) => i), 'cheapest')) {
    const line = work.lines[proposal.places[k]!]!;
    const units = Math.min(left, line.freeUnits);
    proposal.units[k] = units;
    proposal.amounts[k] = percentOffUnits(work, line, units, promotion.benefit.rate);
    left -= units;
  }

  return undefined;
}

/** A bundle: as many complete sets as there are, its parts filled in order as written from the units not yet taken. */
export function fillBundle(work: Work, proposal: Proposal, rule: Bundle, items: readonly number[]): Reason | undefined {
  proposal.countsUnits = true;
  for (const at of items) {
    const line = work.lines[at]!;
    if (isOpen(line, proposal.promotion) && line.freeUnits > 0) proposal.add(at);
  }

  const order = sortUnits(work, proposal, proposal.places.map((_, i) => i), rule.take ?? 'dearest');
  const units = proposal.places.reduce((sum, at) => sum + work.lines[at]!.freeUnits, 0);
  const perSet = rule.parts.reduce((sum, part) => sum + part.quantity, 0);
  let low = 0;
  let high = Math.floor(units / perSet);
  if (rule.repeat === false) high = Math.min(high, 1);
  // Fewer sets take the beginning of what more sets take, so what works for more works for fewer.
  while (low < high) {
    const middle = low + Math.floor((high - low + 1) / 2);
    if (takes(work, proposal, rule, order, middle)) low = middle;
    else high = middle - 1;
  }

  if (low === 0) return 'below_minimum_quantity';
  takes(work, proposal, rule, order, low);
  proposal.sets = low;
  giveBundle(work, proposal, rule, low);
  return undefined;
}

/** Whether there is enough for so many sets; the units are then what they take. */
function takes(work: Work, proposal: Proposal, rule: Bundle, order: readonly number[], sets: number): boolean {
  const taken = proposal.units.fill(0);
  return rule.parts.every((part, p) => {
    let missing = part.quantity * sets;
    for (const k of order) {
      const line = work.lines[proposal.places[k]!]!;
      if (!proposal.promotion.parts[p]!.matches(line)) continue;
      const units = Math.min(missing, line.freeUnits - taken[k]!);
      taken[k]! += units;
      missing -= units;
    }

    return missing === 0;
  });
}

function giveBundle(work: Work, proposal: Proposal, rule: Bundle, sets: number): void {
  const weights = proposal.places.map((at, k) => work.lines[at]!.valueOfUnits(proposal.units[k]!));
  const { amountEach, price, amount } = rule;
  if (amountEach != null) {
    proposal.amounts = weights.map((value, k) => Math.min(amountEach * proposal.units[k]!, value));
    return;
  }

  const sum = weights.reduce((all, weight) => all + weight, 0);
  // A product beyond exact integers is above every sum, so the smaller one is exact.
  const off =
    price != null ? sum - Math.min(price * sets, sum)
    : amount != null ? Math.min(amount * sets, sum)
    : percentOff(sum, proposal.promotion.benefit.rate, work.mode);
  proposal.amounts = split(off, weights);
}

// What a free unit of each costs, compared without a fraction.
function byUnitValue(a: WorkLine, b: WorkLine): number {
  const left = a.leftOfFree * b.freeQuantity;
  const right = b.leftOfFree * a.freeQuantity;
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left - right;
  const exact = BigInt(a.leftOfFree) * BigInt(b.freeQuantity) - BigInt(b.leftOfFree) * BigInt(a.freeQuantity);
  return exact < 0n ? -1 : exact > 0n ? 1 : 0;
}
