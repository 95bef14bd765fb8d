import type { Cart, PromotionUsage } from '../documents';
import { weekdayOf } from '../local';
import type { IndexedPromotion } from '../rules/promotions';
import type { Reason } from '../rules/reasons';
import type { Work, WorkLine } from './work';

/** Whether a promotion's conditions hold; the answer is the reason's code, undefined where they do. */
export function refusal(work: Work, promotion: IndexedPromotion, items: readonly number[], uses: number): Reason | undefined {
  const { cart, local } = work;
  const conditions = promotion.rule.conditions ?? {};
  if (cart.exhaustedPromotions?.some((id) => id.toLowerCase() === promotion.id)) return 'exhausted';
  if (promotion.validFrom !== undefined && promotion.validFrom > local) return 'outside_dates';
  if (promotion.validTo !== undefined && promotion.validTo <= local) return 'outside_dates';
  if (!inHours(promotion, local)) return 'outside_hours';
  if (!allows(promotion.stores, cart.storeId)) return 'other_store';
  if (!allows(promotion.tills, cart.tillId)) return 'other_till';
  if (!allows(promotion.customers, cart.customerId)) return 'other_customer';
  const groups = conditions.customerGroups ?? [];
  if (groups.length > 0 && !hasAny(groups, cart.customerGroups ?? [])) return 'other_customer_group';
  if (conditions.firstPurchaseOnly && !cart.isFirstPurchase) return 'not_first_purchase';
  const tenders = conditions.tenders ?? [];
  const given = cart.tenders ?? [];
  if (tenders.length > 0 && !(given.length > 0 && given.every((tender) => tenders.includes(tender)))) return 'other_tender';
  return usedUp(cart, promotion, uses) ?? belowMinimum(work, promotion, items);
}

/** What the promotion has given before this cart. */
export function usageOf(cart: Cart, promotion: IndexedPromotion): PromotionUsage | undefined {
  return cart.usage?.find((usage) => usage.promotionId.toLowerCase() === promotion.id);
}

export function hasAny(wanted: readonly string[], given: readonly string[]): boolean {
  return given.some((one) => wanted.includes(one));
}

function usedUp(cart: Cart, promotion: IndexedPromotion, uses: number): Reason | undefined {
  const { usesPerCustomer, usesPerDay, usesInTotal, budget } = promotion.rule.caps ?? {};
  if (usesPerCustomer == null && usesPerDay == null && usesInTotal == null && budget == null) return undefined;
  if (usesPerCustomer != null && cart.customerId == null) return 'customer_required';
  const usage = usageOf(cart, promotion);
  if (usesInTotal != null && uses + (usage?.total ?? 0) >= usesInTotal) return 'used_up_in_total';
  if (usesPerDay != null && uses + (usage?.today ?? 0) >= usesPerDay) return 'used_up_today';
  if (usesPerCustomer != null && uses + (usage?.byCustomer ?? 0) >= usesPerCustomer) return 'used_up_by_customer';
  return budget != null && (usage?.spent ?? 0) >= budget ? 'budget_spent' : undefined;
}

function belowMinimum(work: Work, promotion: IndexedPromotion, items: readonly number[]): Reason | undefined {
  const { minimumAmount, amountBasis, moreThanMinimum } = promotion.rule.conditions ?? {};
  if (promotion.minimumQuantity === undefined && minimumAmount == null) return undefined;
  let quantity = 0;
  let amount = 0;
  const count = (line: WorkLine) => {
    quantity += line.quantity;
    amount += amountBasis === 'gross' ? line.gross : amountBasis === 'net' ? work.netOf(line) : line.left;
  };
  if (promotion.counted === undefined) for (const at of items) count(work.lines[at]!);
  else for (const line of work.lines) if (line.discountable && promotion.counted.matches(line)) count(line);
  const above = moreThanMinimum ? 1 : 0;
  if (promotion.minimumQuantity !== undefined && quantity < promotion.minimumQuantity + above) return 'below_minimum_quantity';
  // Not minimum + 1: the largest amount has no next one here.
  if (minimumAmount != null && (moreThanMinimum ? amount <= minimumAmount : amount < minimumAmount)) return 'below_minimum_amount';
  return undefined;
}

function inHours(promotion: IndexedPromotion, local: string): boolean {
  const { hours, days } = promotion;
  if (hours.length === 0 && days.length === 0) return true;
  const day = weekdayOf(local);
  const onDay = (which: number) => days.length === 0 || days.includes(which);
  if (hours.length === 0) return onDay(day);
  const time = local.slice(11);
  return hours.some(({ from, to }) => {
    if (from < to) return time >= from && time < to && onDay(day);
    return (time >= from && onDay(day)) || (time < to && onDay((day + 6) % 7));
  });
}

function allows(allowed: readonly string[], id: string | null | undefined): boolean {
  return allowed.length === 0 || (id != null && allowed.includes(id.toLowerCase()));
}
