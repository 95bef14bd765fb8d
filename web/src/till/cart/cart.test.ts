import { expect, test } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { type Cart, type CartAction, cartReducer, couponOf, emptyCart } from './cart';

const rice = { id: 'p1', name: 'Rice', price: 250_000 };
const salt = { id: 'p2', name: 'Salt', price: '125.5' };
const after = (...actions: CartAction[]): Cart => actions.reduce(cartReducer, emptyCart);
const quantities = (cart: Cart) => cart.lines.map((line) => [line.product.id, line.quantity]);

test('a_product_chosen_twice_is_one_line_of_two', () => {
  expect(quantities(after({ type: 'add', product: rice }, { type: 'add', product: salt }, { type: 'add', product: rice }))).toEqual([['p1', '2'], ['p2', '1']]);
});

test('a_weighed_quantity_grows_by_one_when_scanned_again', () => {
  expect(quantities(after({ type: 'add', product: rice }, { type: 'setQuantity', productId: 'p1', quantity: '0.375' }, { type: 'add', product: rice })))
    .toEqual([['p1', '1.375']]);
});

test('stepping_below_what_is_left_removes_the_line', () => {
  expect(after({ type: 'add', product: rice }, { type: 'step', productId: 'p1', by: -1 }).lines).toEqual([]);
  expect(after({ type: 'add', product: rice }, { type: 'setQuantity', productId: 'p1', quantity: '0.5' }, { type: 'step', productId: 'p1', by: -1 }).lines).toEqual([]);
});

test('removing_a_line_leaves_the_others_in_their_order', () => {
  const cart = after({ type: 'add', product: rice }, { type: 'add', product: salt }, { type: 'remove', productId: 'p1' });
  expect(quantities(cart)).toEqual([['p2', '1']]);
});

test('a_line_that_is_not_there_changes_nothing', () => {
  const cart = after({ type: 'add', product: rice });
  expect(quantities(cartReducer(cart, { type: 'step', productId: 'p9', by: 1 }))).toEqual([['p1', '1']]);
});

test('a_coupon_counts_once_however_it_is_typed', () => {
  expect(after({ type: 'addCoupon', code: ' welcome10 ' }, { type: 'addCoupon', code: 'WELCOME10' }, { type: 'addCoupon', code: '  ' }).coupons).toEqual(['WELCOME10']);
  expect(after({ type: 'addCoupon', code: 'A' }, { type: 'addCoupon', code: 'B' }, { type: 'removeCoupon', code: 'A' }).coupons).toEqual(['B']);
});

test('clearing_takes_lines_and_coupons', () => {
  expect(after({ type: 'add', product: rice }, { type: 'addCoupon', code: 'A' }, { type: 'clear' })).toEqual(emptyCart);
});

test('only_what_the_cart_needs_of_a_product_is_kept', () => {
  const cart = after({ type: 'add', product: { ...rice, barcodes: ['1'], onHand: '3' } as typeof rice });
  expect(cart.lines[0]!.product).toEqual(rice);
});

test('a_code_that_spoils_the_cart_is_found_by_the_problems_detail', () => {
  const unknown = new ApiProblem(404, 'coupon_unknown', 'nope');
  expect(couponOf(unknown, ['WELCOME10', 'NOPE'])).toBe('NOPE');
  expect(couponOf(unknown, ['WELCOME10'])).toBeUndefined();
  expect(couponOf(new ApiProblem(404, 'product_unknown', 'NOPE'), ['NOPE'])).toBeUndefined();
  expect(couponOf(undefined, ['NOPE'])).toBeUndefined();
});
