import { expect, test } from 'vitest';
import type { Transaction } from '@/api/history';
import { chosenLines, emptyRefund, isValid, refundableLines, refundReducer } from './refund';

const sale: Transaction = {
  id: 's', number: 'A1-1', status: 'completed', currency: 'NGN', total: 900,
  lines: [{ line: 1, name: 'Rice', quantity: '3', total: 600 }, { line: 2, name: 'Salt', quantity: '0.5', total: 300 }],
  refunds: [{ id: 'r', total: 200, lines: [{ line: 1, quantity: '1' }, { line: 2, quantity: '0.5' }] }],
};

test('what_came_back_before_is_not_offered_again', () => {
  expect(refundableLines(sale).map(({ line, left }) => [line, left])).toEqual([[1, '2'], [2, undefined]]);
});

test('lines_without_a_number_are_counted_from_one', () => {
  const lines = sale.lines.map(({ name, quantity, total }) => ({ name, quantity, total }));
  expect(refundableLines({ ...sale, lines }).map(({ line }) => line)).toEqual([1, 2]);
});

test('everything_means_what_is_left', () => {
  const lines = refundableLines(sale);
  const form = refundReducer(emptyRefund, { type: 'all', lines });
  expect(chosenLines(form, lines)).toEqual([{ line: 1, quantity: '2', restock: true }]);
});

test('a_quantity_and_shelf_are_chosen_line_by_line', () => {
  const lines = refundableLines({ ...sale, refunds: [] });
  let form = refundReducer(emptyRefund, { type: 'quantity', line: 2, quantity: '0,25' });
  form = refundReducer(form, { type: 'restock', line: 2, restock: false });
  expect(chosenLines(form, lines)).toEqual([{ line: 2, quantity: '0.25', restock: false }]);
});

test('more_than_is_left_can_not_be_sent', () => {
  const lines = refundableLines(sale);
  expect(chosenLines(refundReducer(emptyRefund, { type: 'quantity', line: 1, quantity: '2.00001' }), lines)).toBeUndefined();
  expect(chosenLines(refundReducer(emptyRefund, { type: 'quantity', line: 2, quantity: '0.5' }), lines)).toBeUndefined();
  expect(chosenLines(emptyRefund, lines)).toBeUndefined();
  expect(isValid('2', '2')).toBe(true);
});
