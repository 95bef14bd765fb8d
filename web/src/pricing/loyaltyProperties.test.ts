import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Book, type Cart, type CartLine, type Decimal, type ItemSelector, type LineDiscount, type LoyaltyProgramme, type PointsBack, type PricedCart,
  type PricedLine, type RuleBook, pointsBack, price,
} from './index';

/* What holds of the points of every cart: the same as in LoyaltyPropertyTests.cs. fast-check prints the smallest cart that breaks one. */

const MANY = { numRuns: 2_000 };
const id = (number: number) => `${String(number).padStart(8, '0')}-0000-0000-0000-000000000000`;
const items = fc.constantFrom<ItemSelector | null>(null, { products: [id(1), id(2)] }, { tags: ['sale'] }, { excludedProducts: [id(1)] });

const line = fc.record({
  productId: fc.integer({ min: 1, max: 4 }).map(id),
  quantity: fc.oneof(fc.integer({ min: 1, max: 9 }).map(String), fc.integer({ min: 1, max: 900_000 }).map((value) => (value / 100_000).toFixed(5))),
  unitPrice: fc.integer({ min: 0, max: 30_000 }).map(String),
  tags: fc.constantFrom<string[]>([], ['sale']),
  notDiscountable: fc.boolean(),
  discount: fc.option(fc.integer({ min: 1, max: 100 }).map((percent) => ({ percent: String(percent) })), { nil: null }),
});

const cart = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 6 }).map((made): CartLine[] => made.map((one, i) => ({ ...one, line: i + 1 }))),
  burnPoints: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 10 ** 12 })),
  orderDiscount: fc.option(
    fc.record({ percent: fc.integer({ min: 0, max: 100 }).map(String), on: fc.constantFrom('listed' as const, 'net' as const, 'total' as const) }),
    { nil: null }),
}).map((made): Cart => ({ ...made, currency: 'NGN', at: '2026-06-15T12:00:00+01:00', storeId: id(900), customerId: id(5) }));

const POINT_VALUES = ['1', '0.5', '33.3333', '250'];
const programme = fc.record({
  earn: fc.option(fc.record({
    points: fc.integer({ min: 1, max: 20 }), amount: fc.constantFrom(1, 100, 999, 10_000), basis: fc.constantFrom('total' as const, 'net' as const), items,
    fullPriceOnly: fc.boolean(),
  }), { nil: null, freq: 5 }),
  burn: fc.record({
    pointValue: fc.constantFrom(...POINT_VALUES), minimumPoints: fc.constantFrom(1, 10, 500), maxPercent: fc.constantFrom('100', '50', '12.5'), items,
  }),
}).map((made): LoyaltyProgramme => ({ ...made, id: id(77), version: 3, name: 'Stars' }));

const rules = fc.record({
  pricesIncludeTax: fc.boolean(),
  rounding: fc.record({ level: fc.constantFrom('line' as const, 'document' as const) }),
  promotions: fc.constantFrom<NonNullable<RuleBook['promotions']>>([], [{ type: 'percentOff', id: id(1), name: 'a', percent: '10', items: { tags: ['sale'] } }]),
}).map((made): RuleBook => ({
  ...made, defaultTaxClass: 'standard', taxClasses: [{ code: 'standard', components: [{ code: 'VAT', rate: '7.5' }] }],
}));

function holds(check: (of: Cart, by: LoyaltyProgramme, priced: PricedCart) => void): void {
  fc.assert(fc.property(cart, rules, programme, (of, book, by) => {
    const { value } = price(of, new Book({ ...book, loyalty: by }));
    if (value === undefined) throw new Error('refused');
    check(of, by, value);
  }), MANY);
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const asked = (of: Cart, one: PricedLine) => of.lines.find((each) => each.line === one.line)!;
const taken = (one: PricedLine, ...sources: LineDiscount['source'][]) =>
  sum(one.discounts.filter((each) => sources.length === 0 || sources.includes(each.source)).map((each) => each.amount));
const before = (one: PricedLine) => one.gross - taken(one, 'manualLine', 'promotion');
/** Ten thousandths of a minor unit. */
const scaled = (value: Decimal) => BigInt(Math.round(Number(value) * 10_000));

function matches(chosen: ItemSelector | null | undefined, one: CartLine): boolean {
  if (chosen == null) return true;
  if (chosen.excludedProducts?.includes(one.productId!)) return false;
  const [products, tags] = [chosen.products ?? [], chosen.tags ?? []];
  return products.length + tags.length === 0 || products.includes(one.productId!) || tags.some((tag) => one.tags?.includes(tag));
}

const payable = (of: Cart, by: LoyaltyProgramme, one: PricedLine) => !asked(of, one).notDiscountable && matches(by.burn!.items, asked(of, one));

describe('points', () => {
  test('are earned on what is paid and never below zero', () => holds((of, by, priced) => {
    const earned = BigInt(priced.loyalty!.earned);
    if (by.earn == null) return expect(earned).toBe(0n);
    const { points, amount, basis, fullPriceOnly } = by.earn;
    const earning = priced.lines.filter((one) => matches(by.earn!.items, asked(of, one)) && !(fullPriceOnly && taken(one) !== 0));
    const paid = BigInt(sum(earning.map((one) => (basis === 'net' ? one.net : one.total)))) * BigInt(points);
    // The most points whose amount has been paid.
    expect(earned * BigInt(amount) <= paid && paid < (earned + 1n) * BigInt(amount)).toBe(true);
  }));

  test('that are spent are at most those asked and what the cap allows', () => holds((of, by, priced) => {
    const { burned, value, notBurned } = priced.loyalty!;
    const { pointValue, minimumPoints, maxPercent } = by.burn!;
    const cap = (BigInt(sum(priced.lines.filter((one) => payable(of, by, one)).map(before))) * scaled(maxPercent!)) / 1_000_000n;
    const worth = (points: bigint) => (points * scaled(pointValue)) / 10_000n;
    const enough = (cap * 10_000n) / scaled(pointValue);
    const most = enough < BigInt(of.burnPoints!) ? enough : BigInt(of.burnPoints!);
    const spends = most >= BigInt(minimumPoints!) && worth(most) > 0n;
    expect([burned, value].map(BigInt)).toEqual(spends ? [most, worth(most)] : [0n, 0n]);
    expect(notBurned === undefined).toBe(spends || of.burnPoints === 0);
    expect(BigInt(value) <= cap).toBe(true);
  }));

  test('come off the payable lines and leave none below zero', () => holds((of, by, priced) => {
    const parts = priced.lines.flatMap((one) => one.discounts.filter((each) => each.source === 'loyalty').map((each) => ({ one, each })));
    expect(sum(parts.map(({ each }) => each.amount))).toBe(priced.loyalty!.value);
    for (const { one, each } of parts) {
      expect(payable(of, by, one)).toBe(true);
      expect(each.base).toBe(before(one));
      expect(each.amount > 0 && each.amount <= each.base!).toBe(true);
    }
  }));

  test('go back once over any split into refunds and never leave more than before', () => fc.assert(fc.property(
    fc.nat(5_000), fc.nat(10 ** 12), fc.nat(9_007_199_254_740_991), fc.array(fc.nat(1_000), { maxLength: 8 }),
    (earned, burned, gross, shares) => {
      const parts = shares.toSorted((a, b) => a - b).map((share) => Number((BigInt(gross) * BigInt(share)) / 1_000n));
      let had: PointsBack = { takenBack: 0, givenBack: 0 };
      for (const refunded of parts) {
        const now = pointsBack(earned, burned, gross, refunded, false);
        expect(now.takenBack >= had.takenBack && now.givenBack >= had.givenBack).toBe(true);
        if (refunded < gross) {
          expect(BigInt(now.takenBack) * BigInt(gross) >= BigInt(earned) * BigInt(refunded)).toBe(true);
          expect(BigInt(now.givenBack) * BigInt(gross) <= BigInt(burned) * BigInt(refunded)).toBe(true);
        }

        had = now;
      }

      expect(had.takenBack <= earned && had.givenBack <= burned).toBe(true);
      expect(pointsBack(earned, burned, gross, gross, true)).toEqual({ takenBack: earned, givenBack: burned });
    }), MANY));
});
