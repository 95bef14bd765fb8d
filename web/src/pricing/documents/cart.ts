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
