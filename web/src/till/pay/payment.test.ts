import { expect, test } from 'vitest';
import { changeOf, leftToPay, noPayment, type Payment, type PaymentAction, paymentReducer } from './payment';

const after = (...actions: PaymentAction[]): Payment => actions.reduce(paymentReducer, noPayment);

test('cash_above_the_total_pays_the_total_and_leaves_change', () => {
  const payment = after({ type: 'cash', total: 463_250, tendered: 500_000 });
  expect(payment.tenders).toEqual([{ method: 'cash', amount: 463_250, tendered: 500_000 }]);
  expect(leftToPay(463_250, payment)).toBe(0);
  expect(changeOf(payment)).toBe(36_750);
});

test('cash_and_card_split_the_total', () => {
  const payment = after({ type: 'cash', total: 1000, tendered: 400 }, { type: 'card', amount: 600, reference: '004211' });
  expect(leftToPay(1000, payment)).toBe(0);
  expect(changeOf(payment)).toBe(0);
});

test('more_cash_is_one_tender_with_the_cash_before', () => {
  const payment = after({ type: 'cash', total: 1000, tendered: 400 }, { type: 'cash', total: 1000, tendered: 700 });
  expect(payment.tenders).toEqual([{ method: 'cash', amount: 1000, tendered: 1100 }]);
  expect(changeOf(payment)).toBe(100);
});

test('removing_a_card_lets_the_cash_pay_more_and_the_change_shrink', () => {
  const paid = after({ type: 'card', amount: 600, reference: 'x' }, { type: 'cash', total: 1000, tendered: 500 });
  expect(changeOf(paid)).toBe(100);
  const without = paymentReducer(paid, { type: 'remove', index: 0, total: 1000 });
  expect(without.tenders).toEqual([{ method: 'cash', amount: 500, tendered: 500 }]);
  expect(leftToPay(1000, without)).toBe(500);
});

test('a_new_total_moves_the_cash_and_never_the_card', () => {
  const paid = after({ type: 'card', amount: 600, reference: 'x' }, { type: 'cash', total: 1000, tendered: 500 });
  const dearer = paymentReducer(paid, { type: 'retotal', total: 1050 });
  expect(dearer.tenders).toEqual([{ method: 'card', amount: 600, reference: 'x' }, { method: 'cash', amount: 450, tendered: 500 }]);
});

test('a_total_below_what_the_card_was_charged_shows_as_too_much', () => {
  const paid = after({ type: 'card', amount: 600, reference: 'x' });
  expect(leftToPay(500, paymentReducer(paid, { type: 'retotal', total: 500 }))).toBe(-100);
});

test('an_online_payment_keeps_the_address_for_its_receipt', () => {
  const payment = after({ type: 'paystack', amount: 300, email: 'a@b.c' }, { type: 'paystack', amount: 200, email: '' });
  expect(payment.email).toBe('a@b.c');
  expect(leftToPay(500, payment)).toBe(0);
});

test('tenders_minus_change_equal_the_total_for_any_split', () => {
  for (let total = 1; total < 400; total += 7) {
    const card = (total * 13) % 31 % total;
    const payment = after({ type: 'card', amount: card, reference: 'r' }, { type: 'cash', total, tendered: total - card + (total % 50) });
    const handedOver = payment.tenders.reduce((sum, tender) => sum + (tender.method === 'cash' ? tender.tendered : tender.amount), 0);
    expect(handedOver - changeOf(payment)).toBe(total);
  }
});
