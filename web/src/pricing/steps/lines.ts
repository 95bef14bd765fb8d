import { scaled, unscaled } from '../decimal';
import {
  EXTENSION_SCALE, MAX_AMOUNT, MAX_LINES, MAX_QUANTITY, MAX_UNIT_PRICE, PRICE_PLACES, QUANTITY_PLACES,
} from '../limits';
import { quotient } from '../rounding';
import { Refused, type Work, WorkLine } from './work';

/** Step 1: every line is checked, put in order of its number and extended: gross = quantity x unit price. */
export function extendLines(work: Work): void {
  const { cart, book } = work;
  if (cart.lines.length > MAX_LINES) throw new Refused('too_many_lines');
  const zones = book.zonesOf(cart);
  if (zones === undefined) throw new Refused('tax_zone_unknown');
  work.zones = zones;
  work.taxes = book.tableFor(zones);
  let sum = 0;
  for (const source of cart.lines) {
    const line = new WorkLine(source);
    extend(work, line);
    work.lines.push(line);
    sum += Math.abs(line.gross);
    if (sum > MAX_AMOUNT) throw new Refused('amount_too_large');
  }

  work.lines.sort((a, b) => a.source.line - b.source.line);
  for (let i = 1; i < work.lines.length; i++) {
    const number = work.lines[i]!.source.line;
    if (number === work.lines[i - 1]!.source.line) throw new Refused('line_twice', number);
  }
}

function extend(work: Work, line: WorkLine): void {
  const { source } = line;
  const number = source.line;
  if (number < 1) throw new Refused('line_number_invalid', number);
  let quantity = scaled(source.quantity, QUANTITY_PLACES);
  if (quantity === undefined || magnitude(quantity) > MAX_QUANTITY) throw new Refused('quantity_invalid', number);
  let price = scaled(source.unitPrice, PRICE_PLACES);
  if (price === undefined || magnitude(price) > MAX_UNIT_PRICE) throw new Refused('unit_price_invalid', number);
  line.quantityText = unscaled(quantity, QUANTITY_PLACES);
  line.priceText = unscaled(price, PRICE_PLACES);
  if (price < 0n) {
    price = -price;
    quantity = -quantity;
  }

  if (source.isReturn ? quantity >= 0n : quantity <= 0n) throw new Refused('quantity_invalid', number);
  const exact = quantity * price;
  if (magnitude(exact) > BigInt(MAX_AMOUNT) * BigInt(EXTENSION_SCALE)) throw new Refused('amount_too_large', number);

  line.pricesIncludeTax = source.pricesIncludeTax ?? work.book.pricesIncludeTax;
  const plan = work.taxes.planFor(source.taxClass ?? undefined, work.local, line.pricesIncludeTax);
  if (plan === undefined) throw new Refused('tax_class_unknown', number);
  if (work.hasNoTaxHere(plan)) throw new Refused('tax_zone_required', number);
  line.plan = plan;
  line.quantity = Number(quantity);
  line.gross = quotient(exact, BigInt(EXTENSION_SCALE) * BigInt(work.step), work.mode) * work.step;
  line.left = line.gross;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
