import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book, type Cart, type RuleBook, type TaxExemption, exemptionOf, price, priceRefund } from './index';

/* What holds of every tax: the twin of tests/Pricing.Tests/TaxPropertyTests.cs. */

const store = '00000384-0000-0000-0000-000000000000';
const rate = fc.constantFrom('7.5', '15', '20', '9.975', '0.5', '12.345678');
const listed = fc.integer({ min: 0, max: 1_000_000 });
const more = fc.integer({ min: 0, max: 200 });

const stacked = fc.tuple(rate, rate, fc.boolean()).map(([a, b, onTop]): RuleBook => ({
  pricesIncludeTax: true,
  defaultTaxClass: 't',
  taxClasses: [{ code: 't', components: [{ code: 'A', rate: a }, { code: 'B', rate: b, onTopOf: onTop ? ['A'] : [] }] }],
}));

const single = (value: string, included: boolean): RuleBook => ({
  pricesIncludeTax: included, defaultTaxClass: 't', taxClasses: [{ code: 't', components: [{ code: 'VAT', rate: value }] }] });

function cartOf(...prices: number[]): Cart {
  const lines = prices.map((unitPrice, i) => ({ line: i + 1, quantity: '1', unitPrice: String(unitPrice) }));
  return { currency: 'NGN', at: '2026-06-15T12:00:00+01:00', storeId: store, lines };
}

function priced(cart: Cart, rules: RuleBook) {
  const { value, failure } = price(cart, new Book(rules));
  if (value === undefined) throw new Error(failure?.code);
  return value;
}

describe('every tax', () => {
  test('is never less in a dearer price', () => {
    fc.assert(fc.property(stacked, listed, more, (rules, low, add) => {
      const [one, other] = [priced(cartOf(low), rules), priced(cartOf(low + add), rules)];
      expect(one.total).toBeLessThanOrEqual(other.total);
      one.lines[0]!.taxes.forEach((tax, i) => expect(tax.amount).toBeLessThanOrEqual(other.lines[0]!.taxes[i]!.amount));
    }), { numRuns: 1000 });
  });

  test('leaves no lower net of a dearer price where it is the only one', () => {
    fc.assert(fc.property(rate, listed, more, (value, low, add) => {
      const rules = single(value, true);
      expect(priced(cartOf(low), rules).net).toBeLessThanOrEqual(priced(cartOf(low + add), rules).net);
    }), { numRuns: 1000 });
  });

  test('moves by half a unit each at most where a quantity is rung up one by one', () => {
    fc.assert(fc.property(rate, fc.boolean(), fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 30 }), (value, included, unit, n) => {
      const rules = single(value, included);
      const together = { ...cartOf(unit), lines: [{ line: 1, quantity: String(n), unitPrice: String(unit) }] };
      const apart = priced(cartOf(...new Array<number>(n).fill(unit)), rules);
      expect(2 * Math.abs(apart.tax - priced(together, rules).tax)).toBeLessThanOrEqual(n);
    }), { numRuns: 1000 });
  });

  test('goes away with a certificate and leaves the net', () => {
    fc.assert(fc.property(stacked, listed, (rules, unit) => {
      const free = priced({ ...cartOf(unit), taxExemption: { certificateId: 'C', validFrom: '2026-01-01T00:00:00' } }, rules);
      expect([free.tax, free.total]).toEqual([0, priced(cartOf(unit), rules).net]);
    }), { numRuns: 1000 });
  });

  test('comes back as its negative when all lines come back at once', () => {
    fc.assert(fc.property(stacked, fc.array(listed, { minLength: 1, maxLength: 6 }), (rules, prices) => {
      const sale = priced(cartOf(...prices), rules);
      const { value: refund } = priceRefund(sale, [], sale.lines.map(({ line, quantity }) => ({ line, quantity })));
      for (const key of ['net', 'tax', 'total', 'gross', 'discount'] as const) expect(refund![key]).toBe(0 - sale[key]);
      expect(refund!.taxes.map((tax) => 0 - tax.amount)).toEqual(sale.taxes.map((tax) => tax.amount));
    }), { numRuns: 1000 });
  });
});

describe('a certificate', () => {
  const paper = (certificateId: string, validFrom: string, validTo?: string, taxes?: string[]): TaxExemption => ({
    certificateId, validFrom, validTo: validTo ?? null, taxes: taxes ?? null,
  });
  const mine = '00000007-0000-0000-0000-0000000000ab';
  const rules: RuleBook = {
    exemptions: [
      { customerId: mine.toUpperCase(), certificate: paper('B', '2026-01-01T00:00:00', '2026-02-01T00:00:00', ['VAT']) },
      { customerId: mine, certificate: paper('A', '2026-01-10T00:00:00', '2026-01-20T00:00:00') },
      { customerId: mine, certificate: paper('C', '2026-01-05T00:00:00', '2026-01-20T00:00:00') },
      { customerId: store, certificate: paper('D', '2026-01-01T00:00:00') },
    ],
  };
  test.each([
    ['2025-12-31T23:59:59+01:00', undefined], ['2026-01-01T00:00:00+01:00', 'B'], ['2026-01-06T00:00:00+01:00', 'C'], ['2026-01-10T00:00:00+01:00', 'A'],
    ['2026-01-20T00:00:00+01:00', 'B'], ['2026-02-01T00:00:00+01:00', undefined],
  ])('at %s is %s', (at, found) => {
    expect(exemptionOf(rules, mine, at)?.certificateId).toBe(found);
  });
});

test('where a zone is needed a class without a tax there is refused', () => {
  const zoned: RuleBook = {
    ...single('5', false), zonesRequired: true, zones: [{ code: 'a', stores: [store] }, { code: 'b', stores: [] }],
    taxClasses: [{ code: 't', components: [{ code: 'VAT', rate: '5', zones: ['a'] }] }],
  };
  expect(priced(cartOf(100), zoned).total).toBe(105);
  for (const zones of [[], ['b']])
    expect(price({ ...cartOf(100), zones }, new Book(zoned)).failure).toEqual({ code: 'tax_zone_required', line: 1 });
});
