import { canonical, scaled, scaledNumber } from '../decimal';
import type { RoundingMode, TaxComponent, TaxTreatment } from '../documents';
import { EXTENSION_SCALE, PRICE_PLACES, RATE_PLACES } from '../limits';
import { localOf, shortLocal } from '../local';
import { product, quotient } from '../rounding';
import { Rational, commonMultiple } from './rational';

/** An exact amount that is not rounded yet. */
export interface Exact {
  numerator: bigint;
  denominator: bigint;
}

/** One tax of a plan, with every rate as an exact fraction. */
export interface TaxPart {
  code: string;
  rate: string;
  kind: 'percent' | 'fixedPerUnit' | 'division';
  treatment: TaxTreatment;
  included: boolean;
  /** Places in the plan of the taxes whose amounts join this one's base. */
  onTopOf: number[];
  /** What its own base is multiplied by. */
  factor: Rational;
  factorNumerator: number;
  factorDenominator: number;
  /** Minor units x 10^4 per unit of quantity. */
  perUnit: bigint;
  /** Its amount as a share of the net, all compounding worked in. */
  share: Rational;
  /** What it takes per unit whatever the net, minor units x 10^4, all compounding worked in. */
  levy: Rational;
  shareOver: bigint;
  levyOver: bigint;
  /** Class, code and since when. */
  name: string;
  version: string | undefined;
}

/** The taxes of one class at one time in one place for one price mode, each after those it stands on. */
export class TaxPlan {
  static readonly NONE = new TaxPlan([]);

  private readonly denominator: bigint;
  private readonly withIncluded: bigint;
  private readonly includedLevy: bigint;
  private readonly hasLevy: boolean;
  private readonly shares: number[] | undefined;
  private readonly netDenominator: number;
  private readonly listedDenominator: number;

  constructor(readonly parts: TaxPart[]) {
    let denominator = 1n;
    for (const part of parts) {
      denominator = commonMultiple(denominator, part.share.denominator);
      denominator = commonMultiple(denominator, part.levy.denominator);
    }

    let includedShare = 0n;
    let includedLevy = 0n;
    let hasLevy = false;
    for (const part of parts) {
      part.shareOver = part.share.numerator * (denominator / part.share.denominator);
      part.levyOver = part.levy.numerator * (denominator / part.levy.denominator);
      if (part.levyOver !== 0n) hasLevy = true;
      if (!part.included) continue;
      includedShare += part.shareOver;
      includedLevy += part.levyOver;
    }

    this.denominator = denominator;
    this.withIncluded = denominator + includedShare;
    this.includedLevy = includedLevy;
    this.hasLevy = hasLevy;
    this.netDenominator = Number(denominator);
    this.listedDenominator = Number(this.withIncluded);
    const shares = parts.map((part) => Number(part.shareOver));
    const exact = [...shares, this.netDenominator, this.listedDenominator].every(Number.isSafeInteger);
    this.shares = exact && !hasLevy ? shares : undefined;
  }

  /** One tax of a listed amount, exactly: net = (listed - included levies) / (1 + included shares), tax = share x net + levy. */
  ofListed(at: number, listed: number, quantity: number): Exact {
    const part = this.parts[at]!;
    if (!this.hasLevy) return { numerator: BigInt(listed) * part.shareOver, denominator: this.withIncluded };
    const scale = BigInt(EXTENSION_SCALE);
    const units = BigInt(quantity);
    const net = BigInt(listed) * scale * this.denominator - this.includedLevy * units;
    return {
      numerator: part.shareOver * net + part.levyOver * units * this.withIncluded,
      denominator: scale * this.denominator * this.withIncluded,
    };
  }

  /** One tax of a net amount, exactly. */
  ofNet(at: number, net: number, quantity: number): Exact {
    const part = this.parts[at]!;
    if (!this.hasLevy) return { numerator: part.shareOver * BigInt(net), denominator: this.denominator };
    const scale = BigInt(EXTENSION_SCALE);
    return {
      numerator: part.shareOver * BigInt(net) * scale + part.levyOver * BigInt(quantity), denominator: this.denominator * scale };
  }

  roundedOfListed(at: number, listed: number, quantity: number, mode: RoundingMode, step: number): number {
    if (this.shares !== undefined && step === 1) return product(listed, this.shares[at]!, this.listedDenominator, mode);
    return rounded(this.ofListed(at, listed, quantity), mode, step);
  }

  roundedOfNet(at: number, net: number, quantity: number, mode: RoundingMode, step: number): number {
    if (this.shares !== undefined && step === 1) return product(net, this.shares[at]!, this.netDenominator, mode);
    return rounded(this.ofNet(at, net, quantity), mode, step);
  }
}

export function rounded(exact: Exact, mode: RoundingMode, step: number): number {
  return quotient(exact.numerator, exact.denominator * BigInt(step), mode) * step;
}

/** Class, code and since when: which of the components with this code it is. */
export function nameOf(taxClass: string, component: TaxComponent): string {
  const from = component.validFrom == null ? undefined : localOf(component.validFrom);
  return from === undefined ? `${taxClass}/${component.code}` : `${taxClass}/${component.code}@${shortLocal(from)}`;
}

/** Turns the components live at one time into a plan. The rules have been checked: no circle, no code twice. */
export function planOf(taxClass: string, live: readonly TaxComponent[], pricesIncludeTax: boolean, version: string): TaxPlan {
  const ordered = inOrder(live);
  // Shares of the price that contains them add up; what is left of the price is their base.
  let left = Rational.ONE;
  for (const component of ordered) if (component.kind === 'division') left = left.minus(rateOf(component));
  const parts: TaxPart[] = [];
  for (const rule of ordered) {
    const onTopOf = parts.flatMap((_, i) => ((rule.onTopOf ?? []).includes(ordered[i]!.code) ? [i] : []));
    const kind = rule.kind ?? 'percent';
    const factor = kind === 'division' ? rateOf(rule).over(left) : rateOf(rule);
    const perUnit = scaled(rule.amountPerUnit ?? 0, PRICE_PLACES) ?? 0n;
    const sumOf = (of: (part: TaxPart) => Rational) => onTopOf.reduce((sum, i) => sum.plus(of(parts[i]!)), Rational.ZERO);
    const share = factor.times(Rational.ONE.plus(sumOf((part) => part.share)));
    parts.push({
      code: rule.code,
      rate: canonical(rule.rate ?? 0),
      kind,
      treatment: rule.treatment ?? 'taxed',
      included: rule.included ?? pricesIncludeTax,
      onTopOf,
      factor,
      factorNumerator: Number(factor.numerator),
      factorDenominator: Number(factor.denominator),
      perUnit,
      share: kind === 'fixedPerUnit' ? Rational.ZERO : share,
      levy: new Rational(perUnit, 1n).plus(factor.times(sumOf((part) => part.levy))),
      shareOver: 0n,
      levyOver: 0n,
      name: nameOf(taxClass, rule),
      version: rule.version ?? (version === '' ? undefined : version),
    });
  }

  return new TaxPlan(parts);
}

function rateOf(component: TaxComponent): Rational {
  return new Rational(BigInt(scaledNumber(component.rate ?? 0, RATE_PLACES)), 100_000_000n);
}

/** Each after those it stands on, otherwise as written. */
function inOrder(live: readonly TaxComponent[]): TaxComponent[] {
  const waiting = [...live];
  const ordered: TaxComponent[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((one) => !waiting.some((other) => (one.onTopOf ?? []).includes(other.code)));
    ordered.push(...waiting.splice(Math.max(0, next), 1));
  }

  return ordered;
}
