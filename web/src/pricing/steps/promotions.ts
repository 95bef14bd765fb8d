import { type IndexedPromotion, folded, ordinal, trimmed } from '../rules/promotions';
import { runContest } from './bestContest';
import { refusal } from './eligibility';
import { type Proposal, propose } from './proposals';
import type { Work } from './work';

interface Code {
  at: number;
  code: string;
  byCustomer: number;
}

/** Step 3: promotions, in the order of the index: exclusive, best, stackable on lines and groups, stackable on the order. */
export function applyPromotions(work: Work): void {
  const index = work.book.promotions;
  const found = new Map<number, number[]>();
  let any = false;
  work.lines.forEach((line, at) => {
    if (!line.discountable) return;
    any = true;
    index.enter(line, at, found);
  });
  const codes = knownCodes(work);
  const asked = new Set(found.keys());
  if (any) for (const at of index.forAll) asked.add(at);
  for (const { at } of codes) asked.add(at);

  let contest: Proposal[] = [];
  let group: string | undefined;
  for (const at of [...asked].sort((a, b) => a - b)) {
    const promotion = index.sorted[at]!;
    const isBest = promotion.mode === 'best';
    if (group !== undefined && (!isBest || promotion.group !== group)) {
      runContest(work, contest);
      contest = [];
      group = undefined;
    }

    if (isBest) group = promotion.group;
    consider(work, promotion, linesOf(work, promotion, found.get(at)), codes.filter((code) => code.at === at), isBest ? contest : undefined);
  }

  if (group !== undefined) runContest(work, contest);
  if (!work.everyRule) return;
  index.sorted.forEach((promotion, at) => {
    if (!asked.has(at)) work.notApplied.push(promotion.refusal('no_matching_item', undefined));
  });
}

function consider(
  work: Work, promotion: IndexedPromotion, items: readonly number[], codes: readonly Code[], contest: Proposal[] | undefined,
): void {
  if (promotion.perOrder === undefined) {
    attempt(work, promotion, items, undefined, 0, 0, contest);
    return;
  }

  let used = 0;
  let uses = 0;
  let earlier = 0;
  let given = false;
  const most = promotion.perCustomer;
  for (const { code, byCustomer } of codes) {
    if (most !== undefined && (work.cart.customerId == null || byCustomer >= most)) {
      work.notApplied.push(promotion.refusal(work.cart.customerId == null ? 'customer_required' : 'used_up_by_customer', code));
      given = true;
      continue;
    }

    // In a contest several codes of one promotion would compete with each other.
    if (used === (contest === undefined ? promotion.perOrder : 1)) {
      work.notApplied.push(promotion.refusal('coupon_limit', code));
      continue;
    }

    used++;
    const taken = attempt(work, promotion, items, code, uses, earlier, contest);
    if (taken > 0) uses++;
    earlier += taken;
  }

  if (used === 0 && !given) work.notApplied.push(promotion.refusal('coupon_required', undefined));
}

/** Applies it, or enters it in the contest, or records why not; answers what it took off. */
function attempt(
  work: Work, promotion: IndexedPromotion, items: readonly number[], code: string | undefined, uses: number, earlier: number,
  contest: Proposal[] | undefined,
): number {
  const proposal = refusal(work, promotion, items, uses) ?? propose(work, promotion, code, items, earlier);
  if (typeof proposal === 'string') {
    work.notApplied.push(promotion.refusal(proposal, code));
    return 0;
  }

  if (contest !== undefined) {
    contest.push(proposal);
    return 0;
  }

  proposal.apply(work);
  return proposal.sum();
}

/** The places of the discountable lines that are its items. */
function linesOf(work: Work, promotion: IndexedPromotion, found: readonly number[] | undefined): number[] {
  const places: number[] = [];
  if (promotion.items.takesAll) {
    work.lines.forEach((line, at) => {
      if (line.discountable && !promotion.items.excludes(line)) places.push(at);
    });
  } else {
    for (const at of found ?? []) if (!promotion.items.excludes(work.lines[at]!)) places.push(at);
  }

  return places;
}

/** The known codes with the place of their promotion, in order of the code so that the cart's order means nothing. */
function knownCodes(work: Work): Code[] {
  const given = (work.cart.coupons ?? [])
    .map((coupon) => ({
      code: trimmed(coupon.code), folded: folded(coupon.code), promotion: coupon.promotionId ?? undefined, byCustomer: coupon.usedByCustomer ?? 0,
    }))
    .sort((a, b) => ordinal(a.folded, b.folded) || ordinal(a.code, b.code));
  const known: Code[] = [];
  let last: string | undefined;
  for (const one of given) {
    const at = work.book.promotions.find(one.promotion, one.folded);
    if (at < 0) {
      work.notApplied.push({ couponCode: one.code, reason: 'coupon_unknown' });
      continue;
    }

    if (one.folded === last) work.notApplied.push(work.book.promotions.sorted[at]!.refusal('coupon_repeated', one.code));
    else known.push({ at, code: one.code, byCustomer: one.byCustomer });
    last = one.folded;
  }

  return known;
}
