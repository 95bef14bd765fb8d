import { split } from '../allocation';
import { unscaled } from '../decimal';
import { EXTENSION_SCALE, MAX_AMOUNT, QUANTITY_PLACES, QUANTITY_SCALE, WHOLE_PERCENT, safe } from '../limits';
import type { IndexedFee } from '../rules/book';
import type { Reason } from '../rules/reasons';
import { TaxPlan } from '../rules/taxPlan';
import { hasAny } from './eligibility';
import { Refused, Taxable, type Work, type WorkLine } from './work';

/** Step 5: fees, on what the lines cost after discounts. Their taxes come with the lines' in step 6. */
export function chargeFees(work: Work): void {
  const chosen = work.cart.fees ?? [];
  const codes = new Set<string>();
  for (const { code, amount } of chosen) {
    const fee = work.book.fees.find((one) => one.rule.code === code);
    if (fee === undefined) throw new Refused('fee_unknown');
    const wrong = fee.rule.kind === 'open' ? amount == null || amount < 0 || amount > MAX_AMOUNT : amount != null;
    if (wrong) throw new Refused('fee_amount_invalid');
    if (codes.has(code)) throw new Refused('fee_twice');
    codes.add(code);
  }

  for (const fee of work.book.fees) {
    const reason = notCharged(work, fee) ?? charge(work, fee);
    if (reason !== undefined && work.namesSkipped) work.skipped.push({ rule: `fees/${fee.rule.code}`, reason });
  }
}

function chosenAmount(work: Work, code: string): number | undefined {
  return work.cart.fees?.find((fee) => fee.code === code)?.amount ?? undefined;
}

function notCharged(work: Work, fee: IndexedFee): Reason | undefined {
  const { rule } = fee;
  const { cart, local } = work;
  if (rule.automatic === false && !cart.fees?.some((one) => one.code === rule.code)) return 'not_chosen';
  if (fee.validFrom !== undefined && fee.validFrom > local) return 'outside_dates';
  if (fee.validTo !== undefined && fee.validTo <= local) return 'outside_dates';
  if (fee.stores.length > 0 && !fee.stores.includes(cart.storeId.toLowerCase())) return 'other_store';
  if ((rule.zones ?? []).length > 0 && !hasAny(rule.zones!, work.zones)) return 'other_zone';
  return hasAny(rule.exemptCustomerGroups ?? [], cart.customerGroups ?? []) ? 'customer_exempt' : undefined;
}

function charge(work: Work, fee: IndexedFee): Reason | undefined {
  const { rule } = fee;
  const kind = rule.kind ?? 'fixedPerUnit';
  // What comes back in an exchange had its fee when it was sold.
  const lines = work.lines.filter((line) => !line.source.isReturn && fee.items.matches(line));
  let quantity = 0;
  let sum = 0;
  for (const line of lines) {
    quantity += line.quantity;
    sum += line.left;
  }

  for (const below of work.fees) if ((rule.onTopOf ?? []).includes(below.fee.rule.code)) sum += below.amount;
  let amount = 0;
  if (kind === 'open') amount = chosenAmount(work, rule.code)!;
  else if (lines.length > 0) amount = amountOf(work, fee, quantity, safe(sum));
  if (amount < 0) {
    let all = 0;
    for (const line of work.lines) all += line.left;
    for (const earlier of work.fees) all += earlier.amount;
    amount = -Math.max(0, Math.min(-amount, all));
  }

  if (amount === 0) return lines.length === 0 ? 'no_matching_item' : 'nothing_to_charge';
  const parts = rule.taxedAsItems && lines.length > 0 ? partsByLines(work, lines, amount) : [wholePart(work, fee, amount)];
  work.fees.push({
    fee,
    parts,
    amount,
    base: kind === 'percent' ? sum : undefined,
    quantity: kind === 'fixedPerUnit' ? unscaled(quantity, QUANTITY_PLACES) : undefined,
  });
  return undefined;
}

function amountOf(work: Work, fee: IndexedFee, quantity: number, sum: number): number {
  switch (fee.rule.kind ?? 'fixedPerUnit') {
    case 'fixedPerUnit':
      return work.round(quantity, fee.amount, EXTENSION_SCALE);
    case 'percent':
      return work.round(sum, fee.rate, WHOLE_PERCENT);
    default:
      return Math.trunc(fee.amount / 10_000);
  }
}

function wholePart(work: Work, fee: IndexedFee, amount: number): Taxable {
  const { rule } = fee;
  const part = new Taxable();
  part.left = amount;
  part.quantity = QUANTITY_SCALE;
  if (!rule.inTaxBase || rule.taxedAsItems) return part;
  const plan = work.taxes.planFor(rule.taxClass ?? undefined, work.local, work.book.pricesIncludeTax);
  if (plan === undefined) throw new Refused('tax_class_unknown');
  if (work.hasNoTaxHere(plan)) throw new Refused('tax_zone_required');
  part.plan = plan;
  return part;
}

/** Split over the lines by what they cost; what is taxed alike stays together, in order of its first line. */
function partsByLines(work: Work, lines: readonly WorkLine[], amount: number): Taxable[] {
  const amounts = split(amount, lines.map((line) => line.left));
  const parts = new Map<TaxPlan, Taxable>();
  lines.forEach((line, i) => {
    // The fee is listed as the rule book's prices are, whatever the line says of its own.
    const plan = work.taxes.planFor(line.source.taxClass ?? undefined, work.local, work.book.pricesIncludeTax)!;
    const part = parts.get(plan) ?? new Taxable();
    part.plan = plan;
    part.left += amounts[i]!;
    parts.set(plan, part);
  });
  return [...parts.values()];
}
