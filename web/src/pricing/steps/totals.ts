import { canonical } from '../decimal';
import type { LineTax, PricedCart, PricedFee, PricedLine } from '../documents';
import { MAX_AMOUNT } from '../limits';
import { loyaltyOf } from './loyalty';
import { Refused, type Work, type WorkFee, type WorkLine } from './work';

/** Step 8: lines and fees become the document and its sums. */
export function total(work: Work): PricedCart {
  const taxes: LineTax[] = [];
  const lines = work.lines.map(pricedLine);
  const fees = work.fees.map((fee) => pricedFee(work, fee));
  let [gross, discount, net, tax, all] = [0, 0, 0, 0, 0];
  for (const line of work.lines) {
    gross += line.gross;
    discount += line.gross - line.left;
    net += line.net;
    tax += line.total - line.net;
    all += line.total;
    for (const one of line.taxes) addTax(taxes, one);
  }

  for (const fee of fees) {
    tax += fee.total - fee.net;
    all += fee.total;
    for (const one of fee.taxes) addTax(taxes, one);
  }

  if ([tax, all].some((sum) => Math.abs(sum) > MAX_AMOUNT)) throw new Refused('amount_too_large');
  return {
    currency: work.cart.currency,
    lines,
    gross,
    discount,
    net,
    tax,
    fees,
    total: all,
    taxes,
    applied: work.applied,
    notApplied: work.notApplied,
    versions: work.book.versions,
    taxExemptionId: work.taxExempt ? work.cart.taxExemption!.certificateId : undefined,
    skipped: work.namesSkipped ? work.skipped : undefined,
    loyalty: loyaltyOf(work),
  };
}

function pricedLine(line: WorkLine): PricedLine {
  return {
    line: line.source.line,
    productId: line.product,
    quantity: line.quantityText,
    unitPrice: line.priceText,
    taxClass: line.source.taxClass ?? undefined,
    pricesIncludeTax: line.pricesIncludeTax,
    gross: line.gross,
    discounts: line.discounts,
    net: line.net,
    taxes: line.taxes,
    total: line.total,
  };
}

function pricedFee(work: Work, { fee, parts, base, quantity }: WorkFee): PricedFee {
  const version = fee.rule.version ?? work.book.versions.fees;
  const taxes: LineTax[] = [];
  let net = 0;
  let all = 0;
  for (const part of parts) {
    net += part.net;
    all += part.total;
    for (const one of part.taxes) addTax(taxes, one, true);
  }

  return {
    code: fee.rule.code,
    name: fee.rule.name ?? '',
    net,
    taxes,
    total: all,
    version: version === '' ? undefined : version,
    base,
    quantity,
    rate: fee.rule.kind === 'percent' ? canonical(fee.rule.rate ?? 0) : undefined,
    perUnit: fee.rule.kind === 'fixedPerUnit' || fee.rule.kind === undefined ? canonical(fee.rule.amount ?? 0) : undefined,
  };
}

/** Sums by code, rate and treatment. */
export function addTax(sums: LineTax[], one: LineTax, named = false): void {
  for (const sum of sums) {
    if (sum.code !== one.code || sum.rate !== one.rate || sum.included !== one.included || sum.treatment !== one.treatment) continue;
    sum.base += one.base;
    sum.amount += one.amount;
    return;
  }

  sums.push(named ? { ...one } : { ...one, rule: undefined, version: undefined });
}
