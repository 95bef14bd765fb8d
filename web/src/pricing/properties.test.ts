import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Book, type Cart, type CartLine, type ItemSelector, type Promotion, type RefundedLine, type RuleBook, type TaxClass, price, priceRefund, split,
} from './index';

/* What holds of every cart. fast-check prints the seed and the smallest cart that breaks one. */

const id = (number: number) => `${String(number).padStart(8, '0')}-0000-0000-0000-000000000000`;

const percent = fc.integer({ min: 0, max: 100_000 }).map((value) => String(value / 1000));
const rate = fc.constantFrom('7.5', '15', '20', '9.975', '0', '12.345678');
const items = fc.constantFrom<ItemSelector | undefined>({ products: [id(1), id(2)] }, { tags: ['sale'] }, { brands: ['acme'], excludedProducts: [id(1)] }, undefined);
const quantity = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map(String), fc.integer({ min: 1, max: 900_000 }).map((value) => (value / 100_000).toFixed(5)));

const line = fc.record({
  productId: fc.integer({ min: 1, max: 5 }).map(id),
  quantity,
  unitPrice: fc.oneof(fc.integer({ min: 0, max: 30_000 }).map(String), fc.integer({ min: 0, max: 9_000_000 }).map((value) => String(value / 1000))),
  taxClass: fc.constantFrom('standard', 'compound'),
  tags: fc.constantFrom<string[]>([], ['sale']),
  brand: fc.constantFrom(null, 'acme'),
  discount: fc.option(percent.map((value) => ({ percent: value })), { nil: null }),
});

const lines = fc.array(line, { minLength: 1, maxLength: 8 }).map((made): CartLine[] => made.map((one, i) => ({ ...one, line: i + 1 })));

const stacking = fc.record({
  mode: fc.constantFrom('stackable' as const, 'exclusive' as const, 'best' as const), group: fc.constantFrom('', 'b') });

const benefit = fc.oneof(
  percent.map((value) => ({ type: 'percentOff' as const, percent: value })),
  fc.integer({ min: 0, max: 5000 }).map((amount) => ({ type: 'amountOff' as const, amount })),
  fc.integer({ min: 0, max: 20_000 }).map((value) => ({ type: 'fixedPrice' as const, price: String(value) })),
  fc.record({ type: fc.constant('buyXGetY' as const), buy: fc.integer({ min: 1, max: 3 }), get: fc.integer({ min: 1, max: 2 }) }),
  fc.integer({ min: 0, max: 9000 }).map((value) => ({ type: 'bundle' as const, parts: [{ quantity: 2 }], price: value })),
);

const promotions = fc.array(
  fc.tuple(benefit, stacking, fc.constantFrom('line' as const, 'group' as const, 'order' as const), items, fc.integer({ min: 0, max: 2 })),
  { maxLength: 5 },
).map((made) => made.map(([gives, stacks, scope, what, priority], i): Promotion =>
  ({ ...gives, id: id(i + 1), name: `promotion ${i}`, stacking: stacks, scope, priority, items: what ?? null })));

const taxClasses = rate.map((value): TaxClass[] => [
  { code: 'standard', components: [{ code: 'VAT', rate: value }] },
  { code: 'compound', components: [{ code: 'NHIL', rate: '2.5' }, { code: 'VAT', rate: value, onTopOf: ['NHIL'] }] },
]);

const rules = fc.record({
  pricesIncludeTax: fc.boolean(),
  taxClasses,
  promotions,
  rounding: fc.record({ level: fc.constantFrom('line' as const, 'document' as const) }),
});

const cart = fc.record({
  lines,
  orderDiscount: fc.option(
    fc.record({ percent, on: fc.constantFrom('listed' as const, 'net' as const, 'total' as const) }), { nil: null }),
}).map((made): Cart => ({ ...made, currency: 'NGN', at: '2026-06-15T12:00:00+01:00', storeId: id(900) }));

function priced(one: Cart, book: RuleBook) {
  const { value } = price(one, new Book(book));
  if (value === undefined) throw new Error('refused');
  return value;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

function holds(check: (one: Cart, book: RuleBook) => void): void {
  fc.assert(fc.property(cart, rules, check), { numRuns: 500 });
}

describe('every cart', () => {
  test('has lines that sum to the document, and net and tax that are the total', () => holds((one, book) => {
    const { total, net, tax, discount, lines: of, taxes } = priced(one, book);
    expect([total, net, tax, discount]).toEqual([
      sum(of.map((each) => each.total)), sum(of.map((each) => each.net)), sum(taxes.map((each) => each.amount)),
      sum(of.flatMap((each) => each.discounts.map((taken) => taken.amount)))]);
    for (const each of of) expect(each.total).toBe(each.net + sum(each.taxes.map((part) => part.amount)));
  }));

  test('never falls below zero', () => holds((one, book) => {
    for (const each of priced(one, book).lines) {
      expect(each.net).toBeGreaterThanOrEqual(0);
      expect(each.total).toBeGreaterThanOrEqual(0);
    }
  }));

  test('costs the same in any order of scanning and of rules', () => holds((one, book) => {
    const turned = { ...one, lines: [...one.lines].reverse() };
    const back = { ...book, promotions: [...book.promotions!].reverse() };
    expect(JSON.stringify(priced(turned, back))).toBe(JSON.stringify(priced(one, book)));
  }));

  test('is what it was when a rate changes later', () => holds((one, book) => {
    const validTo = '2026-06-15T12:00:00.0000001';
    const later = book.taxClasses!.map((each): TaxClass => ({ ...each, components: each.components.map((part) => ({ ...part, validTo })) }));
    expect(JSON.stringify(priced(one, { ...book, taxClasses: later }))).toBe(JSON.stringify(priced(one, book)));
  }));

  test('comes back whole in any split into refunds', () => {
    fc.assert(fc.property(cart, rules, fc.integer({ min: 1, max: 99 }), (one, book, share) => {
      const sale = priced(one, book);
      const earlier: RefundedLine[] = [];
      const sums = { total: 0, net: 0, tax: 0, discount: 0 };
      for (const each of sale.lines) {
        const all = Math.round(Number(each.quantity) * 100_000);
        const first = Math.max(1, Math.floor((all * share) / 100));
        for (const units of [first, all - first]) {
          if (units === 0) continue;
          const quantityOf = (units / 100_000).toFixed(5);
          const { value: refund } = priceRefund(sale, earlier, [{ line: each.line, quantity: quantityOf }]);
          if (refund === undefined) throw new Error('refused');
          earlier.push({ line: each.line, quantity: quantityOf, total: -refund.total });
          for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] -= refund[key];
        }
      }

      expect(sums).toEqual({ total: sale.total, net: sale.net, tax: sale.tax, discount: sale.discount });
    }), { numRuns: 500 });
  });
});

test('every split sums to its whole and mirrors it', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), fc.array(fc.nat(), { minLength: 1 }), (total, weights) => {
    const parts = split(total, weights);
    expect(parts.reduce((all, part) => all + BigInt(part), 0n)).toBe(BigInt(total));
    expect(split(0 - total, weights).map((part) => 0 - part)).toEqual(parts);
  }));
});
