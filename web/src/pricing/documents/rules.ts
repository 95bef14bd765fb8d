import type { Decimal, TaxExemption } from './cart';
import type { ItemSelector, Promotion } from './promotions';
import type { CashRounding, FeeRule, TaxClass } from './taxes';

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
