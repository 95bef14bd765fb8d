import { split } from '../allocation';
import type { PricedLoyalty } from '../documents';
import { MAX_POINTS, WHOLE_PERCENT } from '../limits';
import type { IndexedLoyalty } from '../rules/loyalty';
import { Refused, type Work } from './work';

/** Step 4: points that are spent come off the lines. */
export function burnPoints(work: Work): void {
  const asked = work.cart.burnPoints ?? 0;
  if (asked < 0 || asked > MAX_POINTS) throw new Refused('points_invalid');
  if (asked === 0) return;
  const programme = work.book.loyalty;
  if (programme?.rule.burn == null) work.notBurned = 'points_not_taken';
  else if (work.cart.customerId == null) work.notBurned = 'customer_required';
  else spend(work, programme, programme.rule.burn.minimumPoints ?? 1, asked);
}

function spend(work: Work, programme: IndexedLoyalty, minimum: number, asked: number): void {
  const weights = work.lines.map((line) => (line.discountable && programme.payable.matches(line) ? line.left : 0));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  // Never a point for nothing: as many as the cap holds whole, and what they are worth is rounded down.
  const most = (BigInt(sum) * BigInt(programme.maxPercent)) / BigInt(WHOLE_PERCENT);
  const enough = (most * 10_000n) / BigInt(programme.pointValue);
  const points = enough < BigInt(asked) ? Number(enough) : asked;
  const value = Number((BigInt(points) * BigInt(programme.pointValue)) / 10_000n);
  if (value === 0 || points < minimum) {
    work.notBurned = sum === 0 || (value === 0 && points >= minimum) ? 'nothing_to_discount' : 'below_minimum_points';
    return;
  }

  work.burned = points;
  work.burnedValue = value;
  const parts = split(value, weights);
  work.lines.forEach((line, i) => {
    const { id, version, name } = programme;
    line.take(parts[i]!, { source: 'loyalty', promotionId: id, version, name, amount: parts[i]!, base: line.left });
  });
}

/** After all else: what the lines came to. Returned lines count against it. */
export function loyaltyOf(work: Work): PricedLoyalty | undefined {
  const programme = work.book.loyalty;
  if ((work.cart.burnPoints ?? 0) === 0 && (programme === undefined || work.cart.customerId == null)) return undefined;
  return {
    programmeId: programme?.id,
    version: programme?.version,
    earned: earned(work, programme),
    burned: work.burned,
    value: work.burnedValue,
    notBurned: work.notBurned,
  };
}

function earned(work: Work, programme: IndexedLoyalty | undefined): number {
  const earn = programme?.rule.earn;
  if (programme === undefined || earn == null || work.cart.customerId == null) return 0;
  let sum = 0n;
  for (const line of work.lines) {
    if (!programme.earning.matches(line) || (earn.fullPriceOnly && line.left !== line.gross)) continue;
    sum += BigInt(earn.basis === 'net' ? line.net : line.total);
  }

  if (sum <= 0n) return 0;
  const points = (sum * BigInt(earn.points)) / BigInt(earn.amount);
  return points < BigInt(MAX_POINTS) ? Number(points) : MAX_POINTS;
}
