import { exponentOf } from './currency';
import type { Cart, Outcome, PricedCart } from './documents';
import { OutOfRange } from './limits';
import { hasOffset, localOf } from './local';
import type { Book } from './rules/book';
import { chargeFees } from './steps/fees';
import { extendLines } from './steps/lines';
import { burnPoints } from './steps/loyalty';
import { discountLines, discountOrder, discountTotal } from './steps/manualDiscounts';
import { applyPromotions } from './steps/promotions';
import { tax } from './steps/taxes';
import { total } from './steps/totals';
import { Refused, Work } from './steps/work';

/**
 * Cart and rules to price: pure and deterministic, and the same answer to the byte as services/Pricing. docs/pricing.md has the steps
 * in words. With everyRule the answer also says of each rule that was not in question why; with skipped only which fees and taxes were
 * not charged.
 */
export function price(cart: Cart, book: Book, everyRule = false, skipped = everyRule): Outcome<PricedCart> {
  try {
    const local = localOf(cart.at);
    if (local === undefined) throw new Refused('at_invalid');
    if (exponentOf(cart.currency) === undefined) throw new Refused('currency_unknown');
    checkExemption(cart);
    const work = new Work(cart, book, everyRule, everyRule || skipped, local);
    extendLines(work);
    discountLines(work);
    applyPromotions(work);
    burnPoints(work);
    discountOrder(work);
    chargeFees(work);
    tax(work);
    discountTotal(work);
    return { value: total(work) };
  } catch (error) {
    if (error instanceof Refused) return { failure: error.failure };
    // The limits keep every ordinary product in range; what still leaves it is absurd rates on absurd amounts.
    if (error instanceof OutOfRange) return { failure: { code: 'amount_too_large' } };
    throw error;
  }
}

function checkExemption({ taxExemption }: Cart): void {
  if (taxExemption == null) return;
  for (const date of [taxExemption.validFrom, taxExemption.validTo]) {
    if (date != null && (localOf(date) === undefined || hasOffset(date))) throw new Refused('exemption_invalid');
  }
}
