/*
 * What goes into pricing and what comes out, as it travels in JSON. The same documents as services/Pricing reads and writes; members
 * that are absent have the defaults named there. Amounts are whole minor units. Decimals (quantities, rates, unit prices) are strings.
 */

export type Decimal = string | number;

export interface Cart {
  currency: string;
  /** The tax point in the store's own offset: 2026-06-15T12:00:00+01:00. */
  at: string;
  storeId: string;
  zones?: string[] | null;
  tillId?: string | null;
  customerId?: string | null;
  customerGroups?: string[];
  isFirstPurchase?: boolean;
  lines: CartLine[];
  orderDiscount?: ManualDiscount | null;
  coupons?: { code: string; promotionId?: string | null; usedByCustomer?: number }[];
  fees?: { code: string; amount?: number | null }[];
  taxExemption?: TaxExemption | null;
  tenders?: string[];
  exhaustedPromotions?: string[];
  usage?: PromotionUsage[];
  burnPoints?: number;
}

export interface CartLine {
  line: number;
  productId?: string | null;
  sku?: string;
  name?: string;
  quantity: Decimal;
  unitPrice: Decimal;
  taxClass?: string | null;
  categories?: string[];
  brand?: string | null;
  tags?: string[];
  discount?: ManualDiscount | null;
  pricesIncludeTax?: boolean | null;
  notDiscountable?: boolean;
  isReturn?: boolean;
}

export interface ManualDiscount {
  amount?: number | null;
  percent?: Decimal | null;
  reason?: string;
  on?: 'listed' | 'net' | 'total';
}

export interface TaxExemption {
  certificateId: string;
  validFrom: string;
  validTo?: string | null;
  taxes?: string[] | null;
}

export interface PromotionUsage {
  promotionId: string;
  total?: number;
  today?: number;
  byCustomer?: number;
  spent?: number;
}

export type RoundingMode = 'halfAwayFromZero' | 'halfEven' | 'halfTowardZero' | 'towardZero' | 'awayFromZero';

export interface RoundingPolicy {
  level?: 'line' | 'document';
  mode?: RoundingMode;
  compoundBase?: 'rounded' | 'exact';
  step?: number;
  components?: 'each' | 'together';
}

export interface RuleVersions {
  promotions: string;
  taxes: string;
  fees: string;
  cashRounding: string;
}

export interface RuleBook {
  pricesIncludeTax?: boolean;
  rounding?: RoundingPolicy;
  defaultTaxClass?: string | null;
  taxClasses?: TaxClass[];
  zones?: { code: string; stores: string[] }[];
  zonesRequired?: boolean;
  exemptions?: { customerId: string; certificate: TaxExemption }[];
  promotions?: Promotion[];
  fees?: FeeRule[];
  cashRounding?: CashRounding[];
  loyalty?: LoyaltyProgramme | null;
  versions?: Partial<RuleVersions>;
}

/** How customers earn points and spend them; amounts and points are whole. */
export interface LoyaltyProgramme {
  id: string;
  version?: number;
  name?: string;
  earn?: { points: number; amount: number; basis?: 'total' | 'net'; items?: ItemSelector | null; fullPriceOnly?: boolean } | null;
  burn?: { pointValue: Decimal; minimumPoints?: number; maxPercent?: Decimal; items?: ItemSelector | null } | null;
  expiresAfterDays?: number | null;
}

export interface TaxClass {
  code: string;
  name?: string;
  components: TaxComponent[];
}

export type TaxTreatment = 'taxed' | 'zeroRated' | 'exempt' | 'suspended' | 'outOfScope';

export interface TaxComponent {
  code: string;
  name?: string;
  kind?: 'percent' | 'fixedPerUnit' | 'division';
  rate?: Decimal;
  amountPerUnit?: Decimal;
  onTopOf?: string[];
  included?: boolean | null;
  treatment?: TaxTreatment;
  validFrom?: string | null;
  validTo?: string | null;
  zones?: string[];
  version?: string | null;
}

export interface FeeRule {
  code: string;
  name?: string;
  kind?: 'fixedPerUnit' | 'fixedPerDocument' | 'percent' | 'open';
  amount?: Decimal;
  rate?: Decimal;
  inTaxBase?: boolean;
  taxClass?: string | null;
  taxedAsItems?: boolean;
  onTopOf?: string[];
  automatic?: boolean;
  items?: ItemSelector | null;
  zones?: string[];
  stores?: string[];
  exemptCustomerGroups?: string[];
  validFrom?: string | null;
  validTo?: string | null;
  version?: string | null;
}

export interface CashRounding {
  currency: string;
  step: number;
  mode?: RoundingMode;
  appliesTo?: 'cash' | 'all';
}

export interface ItemSelector {
  products?: string[];
  categories?: string[];
  brands?: string[];
  tags?: string[];
  excludedProducts?: string[];
  excludedCategories?: string[];
  excludedBrands?: string[];
  excludedTags?: string[];
}

export type Weekday = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';

export interface PromotionConditions {
  stores?: string[];
  tills?: string[];
  customers?: string[];
  customerGroups?: string[];
  firstPurchaseOnly?: boolean;
  tenders?: string[];
  minimumQuantity?: Decimal | null;
  minimumAmount?: number | null;
  moreThanMinimum?: boolean;
  amountBasis?: 'discounted' | 'gross' | 'net';
  of?: ItemSelector | null;
  validFrom?: string | null;
  validTo?: string | null;
  weekdays?: Weekday[];
  hours?: { from: string; to: string }[];
}

export interface PromotionCaps {
  amountPerLine?: number | null;
  amountPerOrder?: number | null;
  unitsPerLine?: Decimal | null;
  usesPerCustomer?: number | null;
  usesPerDay?: number | null;
  usesInTotal?: number | null;
  budget?: number | null;
}

export type UnitOrder = 'dearest' | 'cheapest' | 'lineOrder';

export type Spread = 'proportional' | 'cheapestFirst' | 'dearestFirst' | 'lineOrder';

interface PromotionBase {
  id: string;
  version?: number;
  name?: string;
  priority?: number;
  stacking?: { mode?: 'stackable' | 'exclusive' | 'best'; group?: string };
  scope?: 'line' | 'group' | 'order';
  spread?: Spread;
  items?: ItemSelector | null;
  conditions?: PromotionConditions;
  caps?: PromotionCaps;
  coupon?: { codes?: string[]; perOrder?: number; perCustomer?: number | null } | null;
  usesReturn?: 'always' | 'onVoid' | 'never';
}

export interface Tier {
  from: Decimal;
  percent?: Decimal | null;
  amount?: number | null;
  price?: Decimal | null;
}

export interface BuyXGetY extends PromotionBase {
  type: 'buyXGetY';
  buy: number;
  get: number;
  getItems?: ItemSelector | null;
  percent?: Decimal;
  match?: 'cheapest' | 'sameProduct';
  repeat?: boolean;
}

export interface Bundle extends PromotionBase {
  type: 'bundle';
  parts: { quantity: number; items?: ItemSelector | null }[];
  price?: number | null;
  amount?: number | null;
  amountEach?: number | null;
  percent?: Decimal | null;
  take?: UnitOrder;
  repeat?: boolean;
}

export interface FreeGift extends PromotionBase {
  type: 'freeGift';
  gifts: ItemSelector;
  quantity?: number;
  percent?: Decimal;
}

export type Promotion =
  | (PromotionBase & { type: 'percentOff'; percent: Decimal })
  | (PromotionBase & { type: 'amountOff'; amount: number; perUnit?: boolean })
  | (PromotionBase & { type: 'fixedPrice'; price: Decimal })
  | (PromotionBase & { type: 'tiered'; basis?: 'quantity' | 'amount'; tiers: Tier[] })
  | BuyXGetY
  | Bundle
  | FreeGift;

export interface LineDiscount {
  source: 'promotion' | 'manualLine' | 'manualOrder' | 'loyalty';
  promotionId?: string | undefined;
  version?: number | undefined;
  name: string;
  amount: number;
  base: number;
  couponCode?: string | undefined;
}

export interface LineTax {
  code: string;
  rate: string;
  base: number;
  amount: number;
  included: boolean;
  treatment: TaxTreatment;
  rule?: string | undefined;
  version?: string | undefined;
}

export interface PricedLine {
  line: number;
  productId?: string | undefined;
  quantity: string;
  unitPrice: string;
  taxClass?: string | undefined;
  pricesIncludeTax: boolean;
  gross: number;
  discounts: LineDiscount[];
  net: number;
  taxes: LineTax[];
  total: number;
}

export interface PricedFee {
  code: string;
  name: string;
  net: number;
  taxes: LineTax[];
  total: number;
  version?: string | undefined;
  base?: number | undefined;
  quantity?: string | undefined;
  rate?: string | undefined;
  perUnit?: string | undefined;
}

export interface AppliedPromotion {
  promotionId: string;
  version: number;
  name: string;
  couponCode?: string | undefined;
  count: number;
  amount: number;
  base: number;
}

export interface NotApplied {
  promotionId?: string | undefined;
  couponCode?: string | undefined;
  reason: string;
  version?: number | undefined;
  name?: string | undefined;
}

export interface SkippedRule {
  rule: string;
  reason: string;
}

export interface PricedCart {
  currency: string;
  lines: PricedLine[];
  gross: number;
  discount: number;
  net: number;
  tax: number;
  fees: PricedFee[];
  total: number;
  taxes: LineTax[];
  applied: AppliedPromotion[];
  notApplied: NotApplied[];
  versions: RuleVersions;
  taxExemptionId?: string | undefined;
  skipped?: SkippedRule[] | undefined;
  loyalty?: PricedLoyalty | undefined;
}

export interface PricedLoyalty {
  programmeId?: string | undefined;
  version?: number | undefined;
  earned: number;
  burned: number;
  value: number;
  notBurned?: string | undefined;
}

/** An expected failure by its stable code, with the cart's line number where one line is at fault. */
export interface Failure {
  code: string;
  line?: number | undefined;
}

export type Outcome<T> = { value: T; failure?: undefined } | { value?: undefined; failure: Failure };
