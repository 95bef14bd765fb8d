import { createInterface } from 'node:readline';
import type { Cart, Failure, Outcome, PricedCart, RuleBook } from './documents';
import { exemptionOf } from './exemptions';
import { price } from './pricer';
import { type RefundedLine, type RefundRequest, priceRefund } from './refunds';
import { Book } from './rules/book';
import { type Tender, cashDue, settle } from './tenders';

/*
 * The twin's side of tests/Pricing.Differential: a line of JSON with a rule book and carts comes in, a line of JSON for each cart goes
 * out. What is done with a cart is the same as in Case.cs there.
 */

interface CaseCart {
  cart: Cart;
  everyRule: boolean;
  skipped: boolean;
  refunds: RefundRequest[][];
  card: number;
  slip: number;
  tendered?: number;
}

function answer(book: Book, one: CaseCart): unknown[] {
  const { customerId, taxExemption } = one.cart;
  const found = customerId == null ? undefined : exemptionOf(book.rules, customerId, one.cart.at);
  const cart = { ...one.cart, taxExemption: taxExemption ?? found ?? null };
  const priced = price(cart, book, one.everyRule, one.skipped);
  const answers: unknown[] = [shown(priced)];
  const sale = priced.value;
  if (sale === undefined) return answers;
  const earlier: RefundedLine[] = [];
  for (const requests of one.refunds) {
    const refund = priceRefund(sale, earlier, requests);
    answers.push(shown(refund));
    for (const { line, quantity, total } of refund.value?.lines ?? [])
      earlier.push({ line, quantity: quantity.replace('-', ''), total: 0 - total });
  }

  answers.push(shown(pay(book, sale, one)));
  return answers;
}

function pay(book: Book, sale: PricedCart, { card, slip, tendered }: CaseCart) {
  const rounding = book.rules.cashRounding?.find((candidate) => candidate.currency === sale.currency);
  const all = rounding?.appliesTo === 'all';
  const cash = all ? cashDue(sale.total, rounding) - card : cashDue(sale.total - card, rounding);
  const tenders: Tender[] = card === 0 ? [] : [{ method: 'card', amount: card }];
  tenders.push({ method: 'cash', amount: cash + slip, tendered: tendered === undefined ? null : cash + tendered });
  return settle(sale.total, sale.currency, rounding, tenders);
}

function shown<T>(outcome: Outcome<T>): T | { failure: string; line: Failure['line'] } {
  return outcome.failure === undefined ? outcome.value : { failure: outcome.failure.code, line: outcome.failure.line };
}

createInterface({ input: process.stdin, crlfDelay: Infinity }).on('line', (text) => {
  const { rules, carts } = JSON.parse(text) as { rules: RuleBook; carts: CaseCart[] };
  const book = new Book(rules);
  for (const one of carts) process.stdout.write(`${JSON.stringify(answer(book, one))}\n`);
});
