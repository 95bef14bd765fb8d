import { split } from '../allocation';
import { scaled, scaledNumber } from '../decimal';
import type { LineDiscount, ManualDiscount, RoundingMode } from '../documents';
import { MAX_AMOUNT, OutOfRange, RATE_PLACES, WHOLE_PERCENT } from '../limits';
import { percentOff } from '../rounding';
import { changed } from './taxes';
import { Refused, type Work, type WorkLine } from './work';

/** Step 2: what a person takes off single lines. */
export function discountLines(work: Work): void {
  for (const line of work.lines) {
    const discount = line.source.discount;
    if (discount == null) continue;
    check(discount, line.source.line);
    if ((discount.on ?? 'listed') !== 'listed') throw new Refused('discount_invalid', line.source.line);
    // A returned line costs less than nothing; its discount mirrors the one of a sale.
    const sign = Math.sign(line.left);
    const amount = sign * amountOf(discount, Math.abs(line.left), work.mode);
    line.take(amount, record('manualLine', discount.reason, amount, line.left));
  }
}

/** Step 4: what a person takes off the order, as listed or off the net. */
export function discountOrder(work: Work): void {
  const discount = work.cart.orderDiscount;
  if (discount == null) return;
  check(discount, undefined);
  if (discount.on === 'total') return;
  const onNet = discount.on === 'net';
  const weights = work.lines.map((line) => (!line.discountable ? 0 : onNet ? Math.max(0, work.netOf(line)) : line.left));
  const amount = amountOf(discount, weights.reduce((sum, weight) => sum + weight, 0), work.mode);
  if (amount === 0) return;
  const parts = split(amount, weights);
  work.lines.forEach((line, i) => {
    const part = parts[i]!;
    if (part === 0) return;
    if (onNet && line.plan.parts.some((tax) => tax.included)) takeFromNet(work, line, weights[i]! - part, discount.reason);
    else line.take(part, record('manualOrder', discount.reason, part, line.left));
  });
}

/** Step 7: off the total with taxes. Net and taxes of each line give in proportion to what they are. */
export function discountTotal(work: Work): void {
  const discount = work.cart.orderDiscount;
  if (discount?.on !== 'total') return;
  // A line whose net is below zero (a fixed levy above the price) has nothing to give.
  const lines = work.lines.filter((line) => line.discountable && line.net >= 0);
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  const weights = lines.flatMap((line) => [line.net, ...line.taxes.map((tax) => tax.amount)]).map((weight) => Math.max(0, weight));
  if (weights.reduce((sum, weight) => sum + weight, 0) > MAX_AMOUNT) throw new OutOfRange();
  const amount = total <= 0 ? 0 : amountOf(discount, total, work.mode);
  const parts = split(amount, weights);
  let at = 0;
  for (const line of lines) {
    const count = line.taxes.length + 1;
    shrink(line, parts.slice(at, at + count), discount.reason);
    at += count;
  }
}

function shrink(line: WorkLine, parts: readonly number[], reason: string | undefined): void {
  let listed = parts[0]!;
  const net = line.net - parts[0]!;
  const amounts = line.taxes.map((tax, i) => {
    if (tax.included) listed += parts[i + 1]!;
    return tax.amount - parts[i + 1]!;
  });
  if (listed !== 0) line.record(listed, record('manualOrder', reason, listed, line.left));
  line.set(net, changed(line, net, amounts));
}

// Until taxes are known the line is taken at its net and the included taxes on that, each rounded.
function takeFromNet(work: Work, line: WorkLine, net: number, reason: string | undefined): void {
  const before = line.left;
  line.net = net;
  line.netIsGiven = true;
  let listed = net;
  line.plan.parts.forEach((part, i) => {
    if (part.included) listed += line.plan.roundedOfNet(i, net, line.quantity, work.mode, work.step);
  });
  // What it comes to is known with the taxes.
  line.record(before - listed, record('manualOrder', reason, 0, before));
}

function record(source: LineDiscount['source'], reason: string | undefined, amount: number, base: number): LineDiscount {
  return { source, name: reason ?? '', amount, base };
}

/** Never more than there is. */
function amountOf(discount: ManualDiscount, of: number, mode: RoundingMode): number {
  return discount.amount != null ? Math.min(discount.amount, of) : percentOff(of, scaledNumber(discount.percent!, RATE_PLACES), mode);
}

function check(discount: ManualDiscount, line: number | undefined): void {
  const { amount, percent } = discount;
  if ((amount == null) === (percent == null)) throw new Refused('discount_invalid', line);
  if (amount != null && (amount < 0 || amount > MAX_AMOUNT)) throw new Refused('discount_invalid', line);
  if (percent == null) return;
  const rate = scaled(percent, RATE_PLACES);
  if (rate === undefined || rate < 0n || rate > BigInt(WHOLE_PERCENT)) throw new Refused('discount_invalid', line);
}
