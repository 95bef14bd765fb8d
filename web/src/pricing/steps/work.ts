import type {
  AppliedPromotion, Cart, CartLine, Failure, LineDiscount, LineTax, NotApplied, RoundingMode, SkippedRule,
} from '../documents';
import { QUANTITY_SCALE } from '../limits';
import { product, quotient } from '../rounding';
import type { Book } from '../rules/book';
import type { IndexedFee } from '../rules/book';
import type { Reason } from '../rules/reasons';
import type { Item } from '../rules/selector';
import { TaxPlan } from '../rules/taxPlan';
import type { TaxTable } from '../rules/taxTable';

/** Ends pricing with an expected failure; price() turns it into its answer. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(code: string, line?: number) {
    super(code);
    this.failure = { code, line };
  }
}

/** A cart on its way through the steps. Lives for one call. */
export class Work {
  readonly mode: RoundingMode;
  readonly step: number;
  zones: string[] = [];
  taxes!: TaxTable;
  /** In order of line number. */
  lines: WorkLine[] = [];
  readonly applied: AppliedPromotion[] = [];
  readonly notApplied: NotApplied[] = [];
  readonly skipped: SkippedRule[] = [];
  readonly fees: WorkFee[] = [];
  taxExempt = false;
  /** Loyalty points spent, what they took off, and why none were. */
  burned = 0;
  burnedValue = 0;
  notBurned: Reason | undefined;

  constructor(
    readonly cart: Cart,
    readonly book: Book,
    readonly everyRule: boolean,
    /** Whether the answer is to name the fees and taxes that were not charged. */
    readonly namesSkipped: boolean,
    /** The tax point as the store's clock shows it. */
    readonly local: string,
  ) {
    this.mode = book.mode;
    this.step = book.step;
  }

  /** Where taxes differ by place, a class without any in this place is unknown here rather than untaxed. */
  hasNoTaxHere(plan: TaxPlan): boolean {
    return plan.parts.length === 0 && this.book.rules.zonesRequired === true;
  }

  /** a x b / denominator rounded by the policy's mode to its step. */
  round(a: number, b: number, denominator: number): number {
    if (this.step === 1) return product(a, b, denominator, this.mode);
    return quotient(BigInt(a) * BigInt(b), BigInt(denominator) * BigInt(this.step), this.mode) * this.step;
  }

  /** What a line costs now without its included taxes, each rounded. */
  netOf(line: WorkLine): number {
    let net = line.left;
    line.plan.parts.forEach((part, i) => {
      if (part.included) net -= line.plan.roundedOfListed(i, line.left, line.quantity, this.mode, this.step);
    });
    return net;
  }
}

/** What taxes are computed on: a listed amount, a quantity and a plan; a line or a part of a fee. */
export class Taxable {
  plan: TaxPlan = TaxPlan.NONE;
  /** Minor units, with the included taxes in it. Discounts come off here. */
  left = 0;
  /** x 10^5. */
  quantity = 0;
  /** Whether net was set by a discount on the net, so that included taxes come from it. */
  netIsGiven = false;
  net = 0;
  taxes: LineTax[] = [];
  total = 0;

  /** The answer of the tax steps. */
  set(net: number, taxes: LineTax[]): void {
    this.net = net;
    this.taxes = taxes;
    this.total = net;
    for (const tax of taxes) this.total += tax.amount;
  }
}

export class WorkLine extends Taxable implements Item {
  readonly product: string | undefined;
  readonly brand: string | undefined;
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  readonly discountable: boolean;
  readonly discounts: LineDiscount[] = [];
  gross = 0;
  pricesIncludeTax = false;
  quantityText = '';
  priceText = '';
  /** The stacking group of the promotions on it; undefined while there are none. */
  group: string | undefined;
  /** An exclusive promotion keeps it. */
  closed = false;
  /** Whole units that a promotion of units has counted. */
  unitsUsed = 0;
  /** What is left of the price of those units; the rest of left is the price of the others. */
  leftOfUsed = 0;

  constructor(readonly source: CartLine) {
    super();
    this.product = source.productId == null ? undefined : source.productId.toLowerCase();
    this.brand = source.brand ?? undefined;
    this.categories = source.categories ?? [];
    this.tags = source.tags ?? [];
    this.discountable = !(source.notDiscountable ?? false) && !(source.isReturn ?? false);
  }

  get freeQuantity(): number {
    return this.quantity - this.unitsUsed * QUANTITY_SCALE;
  }

  get leftOfFree(): number {
    return this.left - this.leftOfUsed;
  }

  /** Whole units that no promotion of units has counted. */
  get freeUnits(): number {
    return Math.trunc(this.freeQuantity / QUANTITY_SCALE);
  }

  take(amount: number, discount: LineDiscount): void {
    if (amount === 0) return;
    if (this.leftOfUsed > 0) this.leftOfUsed -= product(this.leftOfUsed, amount, this.left, 'halfAwayFromZero');
    this.record(amount, discount);
  }

  /** What so many of its free units cost, the discounts so far worked in. */
  valueOfUnits(units: number): number {
    return product(this.leftOfFree, units * QUANTITY_SCALE, this.freeQuantity, 'halfAwayFromZero');
  }

  /** As take, for units that from now on count as used. */
  takeFromUnits(units: number, amount: number, discount: LineDiscount): void {
    const value = this.valueOfUnits(units);
    this.unitsUsed += units;
    this.leftOfUsed += Math.max(0, value - amount);
    if (amount !== 0) this.record(amount, discount);
  }

  record(amount: number, discount: LineDiscount): void {
    this.left -= amount;
    this.discounts.push(discount);
  }

  /** The discount on the net shows in listed terms only now, when the included taxes on what is left are known. */
  override set(net: number, taxes: LineTax[]): void {
    super.set(net, taxes);
    if (!this.netIsGiven) return;
    let listed = net;
    for (const tax of taxes) if (tax.included) listed += tax.amount;
    this.left = listed;
    const last = this.discounts[this.discounts.length - 1]!;
    last.amount = last.base - listed;
    if (last.amount === 0) this.discounts.pop();
  }
}

/** A fee with its parts: one, or one for each way its lines are taxed. */
export interface WorkFee {
  fee: IndexedFee;
  parts: Taxable[];
  amount: number;
  base: number | undefined;
  quantity: string | undefined;
}
