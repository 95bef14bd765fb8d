import type { RuleBook, TaxClass, TaxComponent } from '../documents';
import { localOf } from '../local';
import { TaxPlan, planOf } from './taxPlan';

/** The plans of one tax class through time: one pair (prices without tax, prices with tax) between two changes. */
class TaxTimeline {
  private readonly changes: string[];
  private readonly plans: { exclusive: TaxPlan; inclusive: TaxPlan }[];

  constructor(rules: TaxClass, zones: readonly string[], version: string) {
    const here = rules.components.filter((one) => (one.zones ?? []).length === 0 || one.zones!.some((zone) => zones.includes(zone)));
    const dates = here.flatMap((one) => [one.validFrom, one.validTo]).flatMap((text) => (text == null ? [] : [localOf(text)!]));
    this.changes = [...new Set(dates)].sort();
    this.plans = [undefined, ...this.changes].map((start) => {
      const live = here.filter((one) => covers(one, start));
      return { exclusive: planOf(rules.code, live, false, version), inclusive: planOf(rules.code, live, true, version) };
    });
  }

  at(local: string, pricesIncludeTax: boolean): TaxPlan {
    let at = this.changes.length;
    while (at > 0 && this.changes[at - 1]! > local) at--;
    const plans = this.plans[at]!;
    return pricesIncludeTax ? plans.inclusive : plans.exclusive;
  }
}

/** start is absent for the time before all changes. */
function covers(component: TaxComponent, start: string | undefined): boolean {
  const from = component.validFrom == null ? undefined : localOf(component.validFrom)!;
  const to = component.validTo == null ? undefined : localOf(component.validTo)!;
  return (from === undefined || (start !== undefined && from <= start)) && (to === undefined || start === undefined || start < to);
}

/** The tax classes as they are in one set of zones. */
export class TaxTable {
  private readonly classes = new Map<string, TaxTimeline>();
  private readonly byDefault: string | undefined;

  constructor(rules: RuleBook, zones: readonly string[]) {
    this.byDefault = rules.defaultTaxClass ?? undefined;
    for (const one of rules.taxClasses ?? []) this.classes.set(one.code, new TaxTimeline(one, zones, rules.versions?.taxes ?? ''));
  }

  /** The class a line or fee is in, by name or by default; undefined where none is known and taxes exist. */
  planFor(taxClass: string | undefined, local: string, pricesIncludeTax: boolean): TaxPlan | undefined {
    const code = taxClass ?? this.byDefault;
    if (code === undefined) return this.classes.size === 0 ? TaxPlan.NONE : undefined;
    return this.classes.get(code)?.at(local, pricesIncludeTax);
  }
}
