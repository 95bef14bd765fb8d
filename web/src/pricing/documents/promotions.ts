import type { Decimal } from './cart';

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
