import type { RuleVersions } from './rules';
import type { TaxTreatment } from './taxes';

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
