import { scaled, scaledNumber } from '../decimal';
import type { ItemSelector, NotApplied, Promotion } from '../documents';
import { QUANTITY_PLACES, QUANTITY_SCALE } from '../limits';
import { localOf, timeOfDay } from '../local';
import { Benefit } from './benefit';
import { type Reason, countsUnits } from './reasons';
import { type Item, Selector } from './selector';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** A promotion made ready: selectors as sets, decimals as whole numbers, its place in the order of evaluation. */
export class IndexedPromotion {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly group: string;
  readonly mode: 'stackable' | 'exclusive' | 'best';
  readonly items: Selector;
  readonly counted: Selector | undefined;
  readonly given: Selector;
  readonly parts: Selector[];
  readonly benefit: Benefit;
  /** From rising: x 10^5 for quantities, whole minor units (rounded up) for amounts. */
  readonly tiers: { from: number; benefit: Benefit }[];
  readonly unitsPerLine: number | undefined;
  readonly minimumQuantity: number | undefined;
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
  readonly hours: { from: string; to: string }[];
  readonly days: number[];
  readonly stores: string[];
  readonly tills: string[];
  readonly customers: string[];
  readonly perOrder: number | undefined;
  readonly perCustomer: number | undefined;

  constructor(readonly rule: Promotion) {
    const conditions = rule.conditions ?? {};
    this.id = rule.id.toLowerCase();
    this.version = rule.version ?? 1;
    this.name = rule.name ?? '';
    this.group = rule.stacking?.group ?? '';
    this.mode = rule.stacking?.mode ?? 'stackable';
    this.items = new Selector(rule.items);
    this.counted = conditions.of == null ? undefined : new Selector(conditions.of);
    this.given = selectorOfGiven(rule, this.items);
    this.parts = rule.type === 'bundle' ? rule.parts.map((part) => new Selector(part.items)) : [];
    this.benefit = benefitOf(rule);
    this.tiers = tiersOf(rule);
    this.unitsPerLine = rule.caps?.unitsPerLine == null ? undefined : scaledNumber(rule.caps.unitsPerLine, QUANTITY_PLACES);
    this.minimumQuantity =
      conditions.minimumQuantity == null ? undefined : scaledNumber(conditions.minimumQuantity, QUANTITY_PLACES);
    this.validFrom = conditions.validFrom == null ? undefined : localOf(conditions.validFrom);
    this.validTo = conditions.validTo == null ? undefined : localOf(conditions.validTo);
    this.hours = (conditions.hours ?? []).map((window) => ({ from: timeOfDay(window.from), to: timeOfDay(window.to) }));
    this.days = (conditions.weekdays ?? []).map((day) => WEEKDAYS.indexOf(day));
    this.stores = lower(conditions.stores);
    this.tills = lower(conditions.tills);
    this.customers = lower(conditions.customers);
    this.perOrder = rule.coupon == null ? undefined : (rule.coupon.perOrder ?? 1);
    this.perCustomer = rule.coupon?.perCustomer ?? undefined;
  }

  /** Whether it works on each line by itself, so that a contest can be won line by line. */
  get isByLine(): boolean {
    return (this.rule.scope ?? 'line') === 'line' && !countsUnits(this.rule);
  }

  /** Exclusive, then best, then stackable on lines and groups, then stackable on the order. */
  get phase(): number {
    return this.mode === 'exclusive' ? 0 : this.mode === 'best' ? 1 : this.rule.scope === 'order' ? 3 : 2;
  }

  refusal(reason: Reason, coupon: string | undefined): NotApplied {
    return { promotionId: this.id, couponCode: coupon, reason, version: this.version, name: this.name };
  }
}

function lower(ids: string[] | undefined): string[] {
  return (ids ?? []).map((id) => id.toLowerCase());
}

function selectorOfGiven(rule: Promotion, items: Selector): Selector {
  const own: ItemSelector | null | undefined =
    rule.type === 'buyXGetY' ? rule.getItems : rule.type === 'freeGift' ? rule.gifts : undefined;
  return own == null ? items : new Selector(own);
}

function benefitOf(rule: Promotion): Benefit {
  switch (rule.type) {
    case 'percentOff':
      return Benefit.percent(rule.percent);
    case 'amountOff':
      return Benefit.amount(rule.amount, rule.perUnit ?? false);
    case 'fixedPrice':
      return Benefit.price(rule.price);
    case 'buyXGetY':
    case 'freeGift':
      return Benefit.percent(rule.percent ?? 100);
    case 'bundle':
      return rule.percent == null ? Benefit.NONE : Benefit.percent(rule.percent);
    case 'tiered':
      return Benefit.NONE;
  }
}

function tiersOf(rule: Promotion): { from: number; benefit: Benefit }[] {
  if (rule.type !== 'tiered') return [];
  const unit = rule.basis === 'amount' ? BigInt(QUANTITY_SCALE) : 1n;
  return rule.tiers
    .map((tier) => ({
      from: Number(((scaled(tier.from, QUANTITY_PLACES) ?? 0n) + unit - 1n) / unit),
      exact: scaled(tier.from, QUANTITY_PLACES) ?? 0n,
      benefit:
        tier.percent != null ? Benefit.percent(tier.percent)
        : tier.amount != null ? Benefit.amount(tier.amount, false)
        : Benefit.price(tier.price!),
    }))
    .sort((a, b) => (a.exact < b.exact ? -1 : 1));
}

/** Codes as they are compared: without the blanks around them, A to Z in capitals. */
export function trimmed(code: string): string {
  return code.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

export function folded(code: string): string {
  return trimmed(code).replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Promotions in order of evaluation, found by what is in the cart instead of scanned. */
export class PromotionIndex {
  readonly sorted: IndexedPromotion[];
  readonly forAll: number[] = [];
  private readonly byProduct = new Map<string, number[]>();
  private readonly byCategory = new Map<string, number[]>();
  private readonly byBrand = new Map<string, number[]>();
  private readonly byTag = new Map<string, number[]>();
  private readonly byId = new Map<string, number>();
  private readonly byCode = new Map<string, number>();

  constructor(rules: readonly Promotion[]) {
    this.sorted = inOrder(rules.map((rule) => new IndexedPromotion(rule)));
    this.sorted.forEach((promotion, at) => {
      this.byId.set(promotion.id, at);
      for (const code of promotion.rule.coupon?.codes ?? []) if (!this.byCode.has(folded(code))) this.byCode.set(folded(code), at);
      if (promotion.items.takesAll) this.forAll.push(at);
      enter(this.byProduct, promotion.items.products, at);
      enter(this.byCategory, promotion.items.categories, at);
      enter(this.byBrand, promotion.items.brands, at);
      enter(this.byTag, promotion.items.tags, at);
    });
  }

  /** The place of the promotion a coupon belongs to; below zero where there is none. */
  find(promotion: string | undefined, code: string): number {
    if (promotion === undefined) return this.byCode.get(code) ?? -1;
    const known = this.byId.get(promotion.toLowerCase());
    return known !== undefined && this.sorted[known]!.rule.coupon != null ? known : -1;
  }

  /** Enters the line with every promotion whose items it may be. */
  enter(item: Item, line: number, found: Map<number, number[]>): void {
    if (item.product !== undefined) add(this.byProduct.get(item.product), line, found);
    if (item.brand !== undefined) add(this.byBrand.get(item.brand), line, found);
    for (const category of item.categories) add(this.byCategory.get(category), line, found);
    for (const tag of item.tags) add(this.byTag.get(tag), line, found);
  }
}

function enter(places: Map<string, number[]>, words: Set<string>, at: number): void {
  for (const word of words) {
    const known = places.get(word);
    if (known === undefined) places.set(word, [at]);
    else known.push(at);
  }
}

function add(promotions: number[] | undefined, line: number, found: Map<number, number[]>): void {
  if (promotions === undefined) return;
  for (const at of promotions) {
    const lines = found.get(at);
    if (lines === undefined) found.set(at, [line]);
    else if (lines[lines.length - 1] !== line) lines.push(line);
  }
}

function inOrder(promotions: IndexedPromotion[]): IndexedPromotion[] {
  // The contests of best groups stand where the strongest of each group stands, each group together.
  const strongest = new Map<string, number>();
  for (const { mode, group, rule } of promotions)
    if (mode === 'best') strongest.set(group, Math.max(strongest.get(group) ?? -Infinity, rule.priority ?? 0));
  const strength = (one: IndexedPromotion) => (one.mode === 'best' ? strongest.get(one.group)! : 0);
  const group = (one: IndexedPromotion) => (one.mode === 'best' ? one.group : '');
  return promotions.sort(
    (a, b) =>
      a.phase - b.phase || strength(b) - strength(a) || ordinal(group(a), group(b)) ||
      (b.rule.priority ?? 0) - (a.rule.priority ?? 0) || ordinal(a.id, b.id));
}

/** By UTF-16 code units, as every machine compares. */
export function ordinal(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
