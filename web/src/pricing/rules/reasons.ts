import type { Promotion } from '../documents';

export type Reason =
  | 'exhausted' | 'outside_dates' | 'outside_hours' | 'other_store' | 'other_till' | 'other_zone' | 'other_customer'
  | 'other_customer_group' | 'not_first_purchase' | 'other_tender' | 'customer_required' | 'used_up_in_total' | 'used_up_today'
  | 'used_up_by_customer' | 'budget_spent' | 'below_minimum_quantity' | 'below_minimum_amount' | 'coupon_required' | 'coupon_unknown'
  | 'coupon_repeated' | 'coupon_limit' | 'no_matching_item' | 'gift_not_in_cart' | 'not_combinable' | 'better_promotion'
  | 'nothing_to_discount' | 'not_chosen' | 'customer_exempt' | 'nothing_to_charge' | 'points_not_taken'
  | 'below_minimum_points';

/** Promotions that count whole units, each for one of them only. */
export function countsUnits(rule: Promotion): boolean {
  return rule.type === 'buyXGetY' || rule.type === 'bundle' || rule.type === 'freeGift';
}
