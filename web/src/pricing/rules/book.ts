import { scaledNumber } from '../decimal';
import type { Cart, FeeRule, RoundingMode, RuleBook, RuleVersions } from '../documents';
import { PRICE_PLACES, RATE_PLACES } from '../limits';
import { localOf } from '../local';
import { IndexedLoyalty } from './loyalty';
import { PromotionIndex, ordinal } from './promotions';
import { Selector } from './selector';
import { TaxTable } from './taxTable';

const MAX_TABLES = 256;

export interface IndexedFee {
  rule: FeeRule;
  items: Selector;
  /** Minor units x 10^4. */
  amount: number;
  /** Percent x 10^6. */
  rate: number;
  validFrom: string | undefined;
  validTo: string | undefined;
  stores: string[];
}

/** A rule book made ready; build it once for each version and keep it. The rules have been checked where they were stored. */
export class Book {
  readonly pricesIncludeTax: boolean;
  readonly mode: RoundingMode;
  readonly step: number;
  readonly versions: RuleVersions;
  readonly promotions: PromotionIndex;
  readonly fees: IndexedFee[];
  readonly loyalty: IndexedLoyalty | undefined;
  private readonly zones: Set<string>;
  private readonly zonesOfStores = new Map<string, string[]>();
  private readonly zoned: boolean;
  private readonly tables = new Map<string, TaxTable>();

  constructor(readonly rules: RuleBook) {
    const { promotions = '', taxes = '', fees = '', cashRounding = '' } = rules.versions ?? {};
    this.versions = { promotions, taxes, fees, cashRounding };
    this.pricesIncludeTax = rules.pricesIncludeTax ?? false;
    this.mode = rules.rounding?.mode ?? 'halfAwayFromZero';
    this.step = rules.rounding?.step ?? 1;
    this.promotions = new PromotionIndex(rules.promotions ?? []);
    this.fees = (rules.fees ?? []).map((rule) => ({
      rule,
      items: new Selector(rule.items),
      amount: scaledNumber(rule.amount ?? 0, PRICE_PLACES),
      rate: scaledNumber(rule.rate ?? 0, RATE_PLACES),
      validFrom: rule.validFrom == null ? undefined : localOf(rule.validFrom),
      validTo: rule.validTo == null ? undefined : localOf(rule.validTo),
      stores: (rule.stores ?? []).map((id) => id.toLowerCase()),
    }));
    this.loyalty = rules.loyalty == null ? undefined : new IndexedLoyalty(rules.loyalty);
    this.zones = new Set((rules.zones ?? []).map((zone) => zone.code));
    for (const zone of rules.zones ?? [])
      for (const store of zone.stores) {
        const id = store.toLowerCase();
        this.zonesOfStores.set(id, inOrder([...(this.zonesOfStores.get(id) ?? []), zone.code]));
      }

    this.zoned = (rules.taxClasses ?? []).some((one) => one.components.some((component) => (component.zones ?? []).length > 0));
  }

  /** The zones of a sale: those it names, else its store's; in order, each once. Undefined where one is not known. */
  zonesOf(cart: Cart): string[] | undefined {
    if (cart.zones == null) return this.zonesOfStores.get(cart.storeId.toLowerCase()) ?? [];
    return cart.zones.every((zone) => this.zones.has(zone)) ? inOrder(cart.zones) : undefined;
  }

  /** The taxes in these zones, made at their first use. */
  tableFor(zones: readonly string[]): TaxTable {
    const key = this.zoned ? zones.join('\n') : '';
    let table = this.tables.get(key);
    if (table === undefined) {
      table = new TaxTable(this.rules, key === '' ? [] : zones);
      if (this.tables.size < MAX_TABLES) this.tables.set(key, table);
    }

    return table;
  }
}

function inOrder(zones: readonly string[]): string[] {
  return [...new Set(zones)].sort(ordinal);
}
