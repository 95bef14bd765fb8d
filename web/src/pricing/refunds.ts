import { scaled, scaledNumber, unscaled } from './decimal';
import type { Decimal, LineTax, Outcome, PricedCart, PricedFee, PricedLine, RuleVersions } from './documents';
import { MAX_AMOUNT, MAX_QUANTITY, OutOfRange, QUANTITY_PLACES } from './limits';
import { product } from './rounding';
import { addTax } from './steps/totals';
import { Refused } from './steps/work';

/** What earlier refunds of the sale have taken of a line: positive quantity, positive total in minor units. */
export interface RefundedLine {
  line: number;
  quantity: Decimal;
  total: number;
}

/** What is to be refunded of a line: positive quantity. */
export interface RefundRequest {
  line: number;
  quantity: Decimal;
}

/** Part of a sale with the sign turned: quantities and amounts are negative. Only requested lines are in it. */
export interface PricedRefund {
  currency: string;
  lines: PricedLine[];
  fees: PricedFee[];
  gross: number;
  discount: number;
  net: number;
  tax: number;
  total: number;
  taxes: LineTax[];
  versions: RuleVersions;
}

/** A sold line and how much of it is and will be refunded, in quantities x 10^5. */
interface Refunding {
  original: PricedLine;
  sold: number;
  before: number;
  after: number;
  totalBefore: number;
}

/**
 * Refunds at the original's prices, discounts and taxes. Everything is cumulative: a refund is what the sale comes to up to and with it,
 * less what it came to before, so any split of a sale into refunds sums to the sale.
 */
export function priceRefund(
  original: PricedCart, refunded: readonly RefundedLine[], requested: readonly RefundRequest[],
): Outcome<PricedRefund> {
  try {
    return { value: refund(original, refunded, requested) };
  } catch (error) {
    if (error instanceof Refused) return { failure: error.failure };
    if (error instanceof OutOfRange) return { failure: { code: 'amount_too_large' } };
    throw error;
  }
}

function refund(original: PricedCart, refunded: readonly RefundedLine[], requested: readonly RefundRequest[]): PricedRefund {
  if (requested.length === 0) throw new Refused('refund_empty');
  const lines = original.lines.map((line): Refunding => {
    const quantity = scaledNumber(line.quantity, QUANTITY_PLACES);
    // A price below zero turns the quantity: -2 x -10 sold two.
    return { original: line, sold: line.unitPrice.startsWith('-') ? -quantity : quantity, before: 0, after: 0, totalBefore: 0 };
  });
  read(lines, refunded, requested);
  let [netBefore, netAfter, netAll] = [0, 0, 0];
  const parts: PricedLine[] = [];
  for (const line of lines) {
    if (line.sold <= 0) continue;
    const before = upTo(line, line.before);
    const after = upTo(line, line.after);
    netAll += line.original.net;
    netBefore += before.net;
    netAfter += after.net;
    if (line.after === line.before) continue;
    const part = difference(before, after);
    if (line.totalBefore - part.total > line.original.total) throw new Refused('refund_exceeds_total', line.original.line);
    parts.push(part);
  }

  const complete = lines.every((line) => line.sold <= 0 || line.after === line.sold);
  return sumUp(original, parts, feesOf(original.fees, netBefore, netAfter, netAll, complete));
}

function read(lines: readonly Refunding[], refunded: readonly RefundedLine[], requested: readonly RefundRequest[]): void {
  const find = (number: number) => lines.find((line) => line.original.line === number);
  for (const earlier of refunded) {
    const line = find(earlier.line);
    if (line === undefined) throw new Refused('refund_line_unknown', earlier.line);
    line.before += positive(earlier);
    if (earlier.total < 0 || earlier.total > MAX_AMOUNT) throw new Refused('amount_too_large', earlier.line);
    line.totalBefore += earlier.total;
  }

  for (const line of lines) line.after = line.before;
  for (const request of requested) {
    const line = find(request.line);
    if (line === undefined) throw new Refused('refund_line_unknown', request.line);
    const quantity = positive(request);
    if (line.sold <= 0) throw new Refused('refund_line_returned', request.line);
    if (line.after !== line.before) throw new Refused('line_twice', request.line);
    line.after += quantity;
  }

  for (const line of lines) if (line.sold > 0 && line.after > line.sold) throw new Refused('refund_exceeds_quantity', line.original.line);
}

function positive({ quantity, line }: RefundRequest): number {
  const exact = scaled(quantity, QUANTITY_PLACES);
  if (exact === undefined || exact <= 0n || exact > MAX_QUANTITY) throw new Refused('quantity_invalid', line);
  return Number(exact);
}

/** What the first so many of the line come to: taxes, discounts and the listed amount are rounded, the rest follows from them. */
function upTo({ original, sold }: Refunding, quantity: number): PricedLine {
  const of = (amount: number) => product(amount, quantity, sold, 'halfAwayFromZero');
  const discounts = original.discounts.map((one) => ({ ...one, amount: of(one.amount), base: of(one.base) }));
  const soldTaken = original.discounts.reduce((sum, one) => sum + one.amount, 0);
  const taken = discounts.reduce((sum, one) => sum + one.amount, 0);
  const listed = of(original.gross - soldTaken);
  const taxes = original.taxes.map((one) => ({ ...one, amount: of(one.amount), base: of(one.base) }));
  // The included tax that a certificate of exemption took off the listed price.
  let offPrice = original.gross - original.net - soldTaken;
  let net = listed;
  let tax = 0;
  taxes.forEach((one, i) => {
    tax += one.amount;
    if (!one.included) return;
    net -= one.amount;
    offPrice -= original.taxes[i]!.amount;
  });
  net -= of(offPrice);
  const shown = original.unitPrice.startsWith('-') ? -quantity : quantity;
  return {
    ...original, quantity: unscaled(shown, QUANTITY_PLACES), gross: listed + taken, discounts, net, taxes, total: net + tax };
}

/** before - after: the refund, negative. */
function difference(before: PricedLine, after: PricedLine): PricedLine {
  const less = <T extends { amount: number; base: number }>(one: T, i: number, from: readonly T[]): T => ({
    ...one, amount: from[i]!.amount - one.amount, base: from[i]!.base - one.base });
  const quantity = scaledNumber(before.quantity, QUANTITY_PLACES) - scaledNumber(after.quantity, QUANTITY_PLACES);
  return {
    ...after,
    quantity: unscaled(quantity, QUANTITY_PLACES),
    gross: before.gross - after.gross,
    discounts: after.discounts.map((one, i) => less(one, i, before.discounts)),
    net: before.net - after.net,
    taxes: after.taxes.map((one, i) => less(one, i, before.taxes)),
    total: before.total - after.total,
  };
}


function between(amount: number, before: number, after: number, all: number): number {
  return product(amount, before, all, 'halfAwayFromZero') - product(amount, after, all, 'halfAwayFromZero');
}

/** Fees go back in proportion to the net refunded, the last of it with the last net. */
function feesOf(fees: readonly PricedFee[], before: number, after: number, all: number, complete: boolean): PricedFee[] {
  if (all <= 0) {
    // Free goods: there is no net to go by, so the fees go back with the last line.
    if (!complete) return [];
    [before, after, all] = [0, 1, 1];
  }

  const parts: PricedFee[] = [];
  for (const fee of fees) {
    const taxes = fee.taxes.map((one) => ({
      ...one, amount: between(one.amount, before, after, all), base: between(one.base, before, after, all) }));
    const total = between(fee.total, before, after, all);
    const net = taxes.reduce((rest, one) => rest - one.amount, total);
    if (total !== 0 || net !== 0) parts.push({ code: fee.code, name: fee.name, net, taxes, total, version: fee.version });
  }

  return parts;
}

function sumUp(original: PricedCart, lines: PricedLine[], fees: PricedFee[]): PricedRefund {
  const taxes: LineTax[] = [];
  let [gross, discount, net, tax, total] = [0, 0, 0, 0, 0];
  for (const line of lines) {
    gross += line.gross;
    for (const one of line.discounts) discount += one.amount;
    net += line.net;
    tax += line.total - line.net;
    total += line.total;
    for (const one of line.taxes) addTax(taxes, one);
  }

  for (const fee of fees) {
    tax += fee.total - fee.net;
    total += fee.total;
    for (const one of fee.taxes) addTax(taxes, one);
  }

  return { currency: original.currency, lines, fees, gross, discount, net, tax, total, taxes, versions: original.versions };
}
