import type { BuyXGetY } from '../documents';
import { ordinal } from '../rules/promotions';
import type { Reason } from '../rules/reasons';
import { type Proposal, isOpen } from './proposals';
import { percentOffUnits, sortUnits } from './unitProposals';
import type { Work } from './work';

/** The free whole units of a line and what they may serve as. */
interface Pool {
  units: number;
  buys: boolean;
  gives: boolean;
}

/** Buy X get Y. Only whole units count; the cheapest units that qualify are given. */
export function fillBuyXGetY(work: Work, proposal: Proposal, rule: BuyXGetY, items: readonly number[]): Reason | undefined {
  proposal.countsUnits = true;
  proposal.sets = 0;
  const pools = poolsOf(work, proposal, rule, items);
  const order = pools.map((_, k) => k);
  if ((rule.match ?? 'cheapest') === 'cheapest') fillGroup(work, proposal, rule, pools, order);
  else byProduct(work, proposal, order).forEach((group) => fillGroup(work, proposal, rule, pools, group));
  return proposal.sets === 0 ? 'below_minimum_quantity' : undefined;
}

/** The open lines with whole free units, and what those may serve as. */
function poolsOf(work: Work, proposal: Proposal, rule: BuyXGetY, items: readonly number[]): Pool[] {
  const { promotion } = proposal;
  const pools: Pool[] = [];
  const add = (at: number, buys: boolean, gives: boolean) => {
    const line = work.lines[at]!;
    if (!(buys || gives) || !isOpen(line, promotion) || line.freeUnits <= 0) return;
    pools.push({ units: line.freeUnits, buys, gives });
    proposal.add(at);
  };
  if (rule.getItems == null) {
    for (const at of items) add(at, true, true);
    return pools;
  }

  const bought = new Set(items);
  work.lines.forEach((line, at) => add(at, bought.has(at), line.discountable && promotion.given.matches(line)));
  return pools;
}

/** Each product by itself; a custom line has none and is its own. */
function byProduct(work: Work, proposal: Proposal, order: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const k of order) {
    const place = proposal.places[k]!;
    const product = work.lines[place]!.product;
    const key = product === undefined || product === '00000000-0000-0000-0000-000000000000' ? `line ${place}` : product;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [k]);
    else group.push(k);
  }

  return [...groups].sort(([a], [b]) => ordinal(a, b)).map(([, group]) => group);
}

function fillGroup(work: Work, proposal: Proposal, rule: BuyXGetY, pools: readonly Pool[], order: number[]): void {
  const best = bestSets(rule, pools, order);
  const { sets } = best;
  let { free } = best;
  proposal.sets += sets;
  sortUnits(work, proposal, order, 'cheapest');
  // Units that can be bought must stay behind for buying.
  let spare = -sets * rule.buy;
  for (const k of order) if (pools[k]!.buys) spare += pools[k]!.units;
  for (const k of order) {
    const pool = pools[k]!;
    if (!pool.gives) continue;
    let units = Math.min(free, pool.units);
    if (pool.buys) {
      units = Math.min(units, spare);
      spare -= units;
    }

    free -= units;
    proposal.units[k] = units;
    proposal.amounts[k] = percentOffUnits(work, work.lines[proposal.places[k]!]!, units, proposal.promotion.benefit.rate);
  }

  // The dearest of the others count as bought.
  let bought = sets * rule.buy;
  for (let i = order.length - 1; i >= 0; i--) {
    const k = order[i]!;
    if (!pools[k]!.buys) continue;
    const units = Math.min(bought, pools[k]!.units - proposal.units[k]!);
    proposal.units[k]! += units;
    bought -= units;
  }
}

/**
 * The most units that can be given, and the sets it takes. With b units that can only be bought, g only given and o both, s sets give
 * min(get x s, g + min(o, b + o - buy x s)): rising, then falling, so the best is where they cross.
 */
function bestSets(rule: BuyXGetY, pools: readonly Pool[], order: readonly number[]): { sets: number; free: number } {
  let onlyBuy = 0;
  let onlyGive = 0;
  let both = 0;
  for (const k of order) {
    const { units, buys, gives } = pools[k]!;
    if (buys && gives) both += units;
    else if (buys) onlyBuy += units;
    else onlyGive += units;
  }

  const room = (sets: number) => onlyGive + Math.min(both, onlyBuy + both - rule.buy * sets);
  let most = Math.floor((onlyBuy + both) / rule.buy);
  if (rule.repeat === false) most = Math.min(most, 1);
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = low + Math.floor((high - low + 1) / 2);
    if (rule.get * middle <= room(middle)) low = middle;
    else high = middle - 1;
  }

  const free = rule.get * low;
  if (low === most) return { sets: low, free };
  const part = Math.min(rule.get * (low + 1), room(low + 1));
  return part > free ? { sets: low + 1, free: part } : { sets: low, free };
}
