import { expect, test } from 'vitest';
import { addQuantity, compareQuantity, formatQuantity, parseQuantity, takeQuantity } from './quantity';

test.each([['2', '2'], ['2.5', '2.5'], ['2,5', '2.5'], ['02.50', '2.5'], ['.5', '0.5'], ['3.', '3'], ['0.00001', '0.00001'], ['99999', '99999']])(
  'reads_%s', (typed, expected) => expect(parseQuantity(typed)).toBe(expected),
);

test.each(['', '0', '0.0', '-1', '1.000001', '99999.5', '100000', '5901234123457', 'two', '1,2,3'])(
  'refuses_%j', (typed) => expect(parseQuantity(typed)).toBeUndefined(),
);

test('adds_tenths_exactly', () => expect(addQuantity('0.1', '0.2')).toBe('0.3'));

test('stays_at_the_largest_quantity', () => expect(addQuantity('99999', '1')).toBe('99999'));

test('takes_the_last_one_away', () => {
  expect(takeQuantity('2.5', '1')).toBe('1.5');
  expect(takeQuantity('1', '1')).toBeUndefined();
  expect(takeQuantity('0.5', '1')).toBeUndefined();
});

test('compares_by_value', () => {
  expect(compareQuantity('10', '9.99999')).toBe(1);
  expect(compareQuantity('2', '2.0')).toBe(0);
  expect(compareQuantity('0.1', '0.11')).toBe(-1);
});

test('writes_the_decimal_mark_of_the_locale', () => expect(formatQuantity('2.5', 'fr-CI')).toBe('2,5'));
