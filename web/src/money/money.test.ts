import { describe, expect, test } from 'vitest';
import { formatMoney, formatUnitPrice, shiftLeft, toPlain } from './format';
import { add, exact, sum } from './minor';
import { parseMoney } from './parse';
import { quickCash } from './quickCash';

// Groups and symbols come from the locale's data, whose spaces are of several kinds.
const plainSpaces = (text: string) => text.replace(/\s/g, ' ');

describe('formatting', () => {
  test.each([
    [150_000, 'NGN', 'en-NG', '₦1,500.00'],
    [5, 'NGN', 'en-NG', '₦0.05'],
    [-125, 'NGN', 'en-NG', '-₦1.25'],
    [1500, 'XOF', 'fr-CI', '1 500 F CFA'],
    [1234, 'KWD', 'en-KW', 'KWD 1.234'],
  ])('formats_%i_%s_for_%s', (amount, currency, locale, expected) => {
    expect(plainSpaces(formatMoney(amount, currency, locale))).toBe(expected);
  });

  test('keeps_every_digit_of_the_largest_exact_amount', () => {
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'NGN', 'en-NG')).toBe('₦90,071,992,547,409.91');
  });

  test('refuses_an_amount_that_is_not_an_exact_integer', () => {
    expect(() => formatMoney(0.5, 'NGN', 'en-NG')).toThrow(RangeError);
    expect(() => exact(Number.MAX_SAFE_INTEGER + 1)).toThrow(RangeError);
    expect(() => add(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
  });

  test('shows_a_unit_price_with_the_decimals_it_has', () => {
    expect(formatUnitPrice('12.3456', 'NGN', 'en-NG')).toBe('₦0.123456');
    expect(formatUnitPrice('1250.5', 'NGN', 'en-NG')).toBe('₦12.505');
    expect(formatUnitPrice(1250, 'NGN', 'en-NG')).toBe('₦12.50');
  });

  test.each([['0', 2, '0.00'], ['7', 2, '0.07'], ['-7', 2, '-0.07'], ['1234', 0, '1234'], ['12.5', 2, '0.125'], ['12.5', 0, '12.5']])(
    'shifts_%s_by_%i', (digits, places, expected) => expect(shiftLeft(digits, places)).toBe(expected),
  );

  test('sums_exactly', () => expect(sum([10, 20, 30])).toBe(60));
});

describe('parsing', () => {
  test.each([
    ['1500', 'NGN', 'en-NG', 150_000],
    ['1,500', 'NGN', 'en-NG', 150_000],
    ['1,500.5', 'NGN', 'en-NG', 150_050],
    ['0.05', 'NGN', 'en-NG', 5],
    ['12,50', 'NGN', 'en-NG', 1250],
    ['1 500,50', 'EUR', 'fr-FR', 150_050],
    ['12.50', 'EUR', 'fr-FR', 1250],
    ['1.500', 'EUR', 'de-DE', 150_000],
    ['1 500', 'XOF', 'fr-CI', 1500],
    ['1.234', 'KWD', 'en-KW', 1234],
    ['1,234', 'KWD', 'en-KW', 1_234_000],
    [' 20 ', 'GHS', 'en-GH', 2000],
  ])('reads_%s_in_%s_for_%s', (typed, currency, locale, expected) => {
    expect(parseMoney(typed, currency, locale)).toBe(expected);
  });

  test.each([
    ['', 'NGN'], ['abc', 'NGN'], ['-5', 'NGN'], ['1.555', 'NGN'], ['1.2.3', 'NGN'], ['12,34,5', 'NGN'], ['5.', 'NGN'], ['.5', 'NGN'],
    ['1.5', 'XOF'], ['1e5', 'NGN'], ['99999999999999999', 'NGN'], ['1 50', 'NGN'],
  ])('refuses_%j_in_%s', (typed, currency) => {
    expect(parseMoney(typed, currency, 'en-NG')).toBeUndefined();
  });

  test('reads_back_what_it_offers_to_edit', () => {
    for (const [currency, amount] of [['NGN', 123_456], ['XOF', 1500], ['KWD', 1]] as const) {
      expect(parseMoney(toPlain(amount, currency), currency, 'en-NG')).toBe(amount);
    }
  });
});

describe('quick_cash', () => {
  test('offers_the_exact_amount_and_the_next_round_notes', () => {
    expect(quickCash(463_250, 'NGN')).toEqual([463_250, 465_000, 470_000, 480_000, 500_000]);
  });

  test('never_offers_less_than_is_due_or_a_sum_twice', () => {
    for (const due of [1, 5000, 99_999, 100_000, 123_456]) {
      const offers = quickCash(due, 'NGN');
      expect(offers[0]).toBe(due);
      expect(offers.every((offer) => offer >= due)).toBe(true);
      expect(new Set(offers).size).toBe(offers.length);
    }
  });
});
