import { split, spreadOver } from '../allocation';
import type { LineDiscount } from '../documents';
import type { Benefit } from '../rules/benefit';
import type { IndexedPromotion } from '../rules/promotions';
import type { Reason } from '../rules/reasons';
import { fillBuyXGetY } from './buyXGetY';
import { usageOf } from './eligibility';
import { fillBundle, fillGift } from './unitProposals';
import type { Work, WorkLine } from './work';

/** What a promotion would take off its lines as things stand, before it is decided whether it may. */
export class Proposal {
  /** Places of the lines, rising. */
  readonly places: number[] = [];
  /** Minor units off each, never more than the line has left. */
  amounts: number[] = [];
  /** Whole units it counts on each, bought and given; only with countsUnits. */
  readonly units: number[] = [];
  countsUnits = false;
  /** How often it applies: sets of units, otherwise 1. */
  sets = 1;

  constructor(
    readonly promotion: IndexedPromotion,
    readonly coupon: string | undefined,
  ) {}

  add(place: number): void {
    this.places.push(place);
    this.amounts.push(0);
    this.units.push(0);
  }

  sum(): number {
    let sum = 0;
    for (const amount of this.amounts) sum += amount;
    return sum;
  }

  /** Whether it needs its k-th line: gives something on it or counts its units. */
  needs(k: number): boolean {
    return this.amounts[k] !== 0 || (this.countsUnits && this.units[k] !== 0);
  }

  /** Cuts to the caps; what a cap takes away is not given elsewhere. */
  cap(work: Work, earlier: number): void {
    const caps = this.promotion.rule.caps;
    if (caps == null) return;
    const perLine = caps.amountPerLine;
    if (perLine != null) this.amounts = this.amounts.map((amount) => Math.min(amount, perLine));
    if (caps.amountPerOrder == null && caps.budget == null) return;
    let room = caps.amountPerOrder ?? Infinity;
    if (caps.budget != null) room = Math.min(room, caps.budget - (usageOf(work.cart, this.promotion)?.spent ?? 0));
    room = Math.max(0, room - earlier);
    if (this.sum() > room) this.amounts = split(room, this.amounts);
  }

  /** Takes it off the lines and records it; false where there is nothing to take. */
  apply(work: Work): boolean {
    const sum = this.sum();
    if (sum === 0) return false;
    const { id, version, name, group, mode } = this.promotion;
    let before = 0;
    for (let k = 0; k < this.places.length; k++) {
      if (!this.needs(k)) continue;
      const line = work.lines[this.places[k]!]!;
      const amount = this.amounts[k]!;
      before += line.left;
      const discount: LineDiscount = {
        source: 'promotion', promotionId: id, version, name, amount, base: line.left, couponCode: this.coupon };
      if (this.countsUnits) line.takeFromUnits(this.units[k]!, amount, discount);
      else line.take(amount, discount);
      if (mode === 'exclusive') line.closed = true;
      if (amount !== 0) line.group = group;
    }

    work.applied.push({ promotionId: id, version, name, couponCode: this.coupon, count: this.sets, amount: sum, base: before });
    return true;
  }
}

/** Either a proposal that gives something or the reason's code. */
export function propose(
  work: Work, promotion: IndexedPromotion, coupon: string | undefined, items: readonly number[], earlier: number,
): Proposal | Reason {
  if (items.length === 0) return 'no_matching_item';
  const proposal = new Proposal(promotion, coupon);
  const reason = fill(work, proposal, items);
  if (reason !== undefined) return reason;
  proposal.cap(work, earlier);
  return proposal.sum() === 0 ? 'nothing_to_discount' : proposal;
}

/** A line carries promotions of one group. Exclusive ones go first and close theirs, so they find lines untouched. */
export function isOpen(line: WorkLine, promotion: IndexedPromotion): boolean {
  return !line.closed && (line.group === undefined || line.group === promotion.group);
}

function fill(work: Work, proposal: Proposal, items: readonly number[]): Reason | undefined {
  const { promotion } = proposal;
  const { rule } = promotion;
  if (rule.type === 'freeGift') return fillGift(work, proposal, rule);
  if (!items.some((at) => isOpen(work.lines[at]!, promotion))) return 'not_combinable';
  if (rule.type === 'buyXGetY') return fillBuyXGetY(work, proposal, rule, items);
  if (rule.type === 'bundle') return fillBundle(work, proposal, rule, items);
  for (const at of items) if (isOpen(work.lines[at]!, promotion)) proposal.add(at);
  if (rule.type !== 'tiered') {
    give(work, proposal, promotion.benefit);
    return undefined;
  }

  const reached = reachedTier(work, proposal, rule.basis ?? 'quantity');
  if (reached === undefined) return rule.basis === 'amount' ? 'below_minimum_amount' : 'below_minimum_quantity';
  give(work, proposal, reached);
  return undefined;
}

function give(work: Work, proposal: Proposal, benefit: Benefit): void {
  const { rule, unitsPerLine } = proposal.promotion;
  if ((rule.scope ?? 'line') === 'line') {
    proposal.amounts = proposal.places.map((at) => benefit.onLine(work.lines[at]!, unitsPerLine, work.mode));
    return;
  }

  const weights = proposal.places.map((at) => work.lines[at]!.left);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  proposal.amounts = spreadOver(benefit.onSum(sum, work.mode), weights, rule.spread ?? 'proportional');
}

function reachedTier(work: Work, proposal: Proposal, basis: 'quantity' | 'amount'): Benefit | undefined {
  let measure = 0;
  for (const at of proposal.places) measure += basis === 'quantity' ? work.lines[at]!.quantity : work.lines[at]!.left;
  let reached: Benefit | undefined;
  for (const tier of proposal.promotion.tiers) if (tier.from <= measure) reached = tier.benefit;
  return reached;
}
