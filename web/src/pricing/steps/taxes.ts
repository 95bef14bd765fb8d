import type { LineTax } from '../documents';
import { EXTENSION_SCALE } from '../limits';
import { localOf } from '../local';
import { type TaxPart, nameOf, rounded } from '../rules/taxPlan';
import { hasAny } from './eligibility';
import { taxTogether } from './summedTaxes';
import type { Taxable, Work } from './work';

/** Step 6: taxes on every line and fee. Here rounded on each line; summed ones have a file of their own. */
export function tax(work: Work): void {
  const paper = work.cart.taxExemption;
  if (paper != null) {
    const to = paper.validTo == null ? undefined : localOf(paper.validTo)!;
    work.taxExempt = localOf(paper.validFrom)! <= work.local && !(to !== undefined && to <= work.local);
  }

  if (work.namesSkipped) nameTheRest(work);
  const rounding = work.book.rules.rounding;
  if (!work.taxExempt && (rounding?.level === 'document' || rounding?.components === 'together')) {
    taxTogether(work);
    return;
  }

  for (const line of work.lines) taxOne(work, line);
  for (const fee of work.fees) for (const part of fee.parts) taxOne(work, part);
}

/** The components of the lines' classes that are not in force here and now, or that a certificate takes away. */
function nameTheRest(work: Work): void {
  const { rules } = work.book;
  const met = new Set(work.lines.map((line) => line.source.taxClass ?? rules.defaultTaxClass ?? undefined));
  const paper = work.taxExempt ? work.cart.taxExemption! : undefined;
  for (const taxClass of rules.taxClasses ?? []) {
    if (!met.has(taxClass.code)) continue;
    for (const component of taxClass.components) {
      const from = component.validFrom == null ? undefined : localOf(component.validFrom)!;
      const to = component.validTo == null ? undefined : localOf(component.validTo)!;
      const zones = component.zones ?? [];
      const reason =
        zones.length > 0 && !hasAny(zones, work.zones) ? 'other_zone'
        : (from !== undefined && from > work.local) || (to !== undefined && to <= work.local) ? 'outside_dates'
        : paper !== undefined && ((paper.taxes ?? []).length === 0 || paper.taxes!.includes(component.code)) ? 'customer_exempt'
        : undefined;
      if (reason !== undefined) work.skipped.push({ rule: nameOf(taxClass.code, component), reason });
    }
  }
}

function taxOne(work: Work, subject: Taxable): void {
  const { parts } = subject.plan;
  if (parts.length === 0) {
    subject.set(subject.left, []);
    return;
  }

  const amounts = new Array<number>(parts.length).fill(0);
  let net = subject.netIsGiven ? subject.net : subject.left;
  for (let i = 0; i < parts.length; i++) {
    if (!parts[i]!.included) continue;
    amounts[i] = subject.netIsGiven
      ? subject.plan.roundedOfNet(i, subject.net, subject.quantity, work.mode, work.step)
      : subject.plan.roundedOfListed(i, subject.left, subject.quantity, work.mode, work.step);
    if (!subject.netIsGiven) net -= amounts[i]!;
  }

  if (work.taxExempt) {
    subject.set(net, exempted(work, subject, net, amounts));
    return;
  }

  for (let i = 0; i < parts.length; i++) if (!parts[i]!.included) amounts[i] = onTop(work, subject, i, net, amounts);
  subject.set(net, records(parts, net, amounts));
}

function onTop(work: Work, subject: Taxable, at: number, net: number, amounts: readonly number[]): number {
  return work.book.rules.rounding?.compoundBase === 'exact'
    ? subject.plan.roundedOfNet(at, net, subject.quantity, work.mode, work.step)
    : onRounded(work, subject, at, net, amounts);
}

function onRounded(work: Work, subject: Taxable, at: number, net: number, amounts: readonly number[]): number {
  const part = subject.plan.parts[at]!;
  if (part.kind === 'fixedPerUnit')
    return rounded({ numerator: part.perUnit * BigInt(subject.quantity), denominator: BigInt(EXTENSION_SCALE) }, work.mode, work.step);
  const base = baseOf(part, net, amounts);
  if (Number.isSafeInteger(part.factorNumerator) && Number.isSafeInteger(part.factorDenominator))
    return work.round(base, part.factorNumerator, part.factorDenominator);
  return rounded(
    { numerator: BigInt(base) * part.factor.numerator, denominator: part.factor.denominator }, work.mode, work.step);
}

/**
 * A certificate for all taxes leaves one tax of nothing; one for some leaves the others, each worked out on the net and the amounts that
 * are still charged below it.
 */
function exempted(work: Work, subject: Taxable, net: number, amounts: number[]): LineTax[] {
  const codes = work.cart.taxExemption!.taxes ?? [];
  if (codes.length === 0) return [{ code: 'EXEMPT', rate: '0', base: net, amount: 0, included: false, treatment: 'exempt' }];
  return subject.plan.parts.map((part, i): LineTax => {
    const { code, rate, included, treatment, name, version } = part;
    const free = codes.includes(code);
    amounts[i] = free ? 0 : onRounded(work, subject, i, net, amounts);
    const base = baseOf(part, net, amounts);
    return free
      ? { code, rate: '0', base, amount: 0, included: false, treatment: 'exempt', rule: name, version }
      : { code, rate, base, amount: amounts[i]!, included, treatment, rule: name, version };
  });
}

/** The taxes as they are printed: each with the amount below it. */
export function records(parts: readonly TaxPart[], net: number, amounts: readonly number[]): LineTax[] {
  return parts.map((part, i) => ({
    code: part.code,
    rate: part.rate,
    base: baseOf(part, net, amounts),
    amount: amounts[i]!,
    included: part.included,
    treatment: part.treatment,
    rule: part.name,
    version: part.version,
  }));
}

/** The same taxes with other amounts. */
export function changed(subject: Taxable, net: number, amounts: readonly number[]): LineTax[] {
  const { parts } = subject.plan;
  // Where a certificate left one tax of several, the first part stands on none, so its base is the net.
  return subject.taxes.map((one, i) => ({ ...one, base: baseOf(parts[i]!, net, amounts), amount: amounts[i]! }));
}

function baseOf(part: TaxPart, net: number, amounts: readonly number[]): number {
  let base = net;
  for (const below of part.onTopOf) base += amounts[below]!;
  return base;
}
