import type { ApiProblem } from '@/api/problem';
import { unitPrice, z } from '@/api/zod';
import { addQuantity, type Quantity, takeQuantity } from '@/money/quantity';
import { stored, thisTab } from '../storage';

const product = z.object({ id: z.string(), name: z.string(), price: unitPrice });
const cart = z.object({ lines: z.array(z.object({ product, quantity: z.string() })), coupons: z.array(z.string()) });

/** What is being sold: one line for each product in the order of first choice, and the coupon codes as entered. */
export type Cart = Readonly<z.infer<typeof cart>>;
export type CartProduct = z.infer<typeof product>;

export type CartAction =
  | { readonly type: 'add'; readonly product: CartProduct }
  | { readonly type: 'setQuantity'; readonly productId: string; readonly quantity: Quantity }
  | { readonly type: 'step'; readonly productId: string; readonly by: 1 | -1 }
  | { readonly type: 'remove'; readonly productId: string }
  | { readonly type: 'addCoupon'; readonly code: string }
  | { readonly type: 'removeCoupon'; readonly code: string }
  | { readonly type: 'clear' };

export const emptyCart: Cart = { lines: [], coupons: [] };

export function cartReducer(state: Cart, action: CartAction): Cart {
  switch (action.type) {
    case 'add': {
      const { id, name, price } = action.product;
      if (state.lines.some((line) => line.product.id === id)) return cartReducer(state, { type: 'step', productId: id, by: 1 });
      return { ...state, lines: [...state.lines, { product: { id, name, price }, quantity: '1' }] };
    }
    case 'setQuantity':
      return withQuantity(state, action.productId, () => action.quantity);
    case 'step':
      return withQuantity(state, action.productId, (quantity) => (action.by > 0 ? addQuantity(quantity, '1') : takeQuantity(quantity, '1')));
    case 'remove':
      return withQuantity(state, action.productId, () => undefined);
    case 'addCoupon': {
      const code = action.code.trim().toUpperCase();
      return !code || state.coupons.includes(code) ? state : { ...state, coupons: [...state.coupons, code] };
    }
    case 'removeCoupon':
      return { ...state, coupons: state.coupons.filter((code) => code !== action.code) };
    case 'clear':
      return emptyCart;
  }
}

/** Changes one line's quantity; a line of which nothing is left goes. */
function withQuantity(state: Cart, productId: string, change: (quantity: Quantity) => Quantity | undefined): Cart {
  const lines = state.lines.flatMap((line) => {
    if (line.product.id !== productId) return [line];
    const quantity = change(line.quantity);
    return quantity === undefined ? [] : [{ ...line, quantity }];
  });
  return { ...state, lines };
}

/** The entered code because of which the whole cart was refused: the server names it in the problem's detail. */
export function couponOf(problem: ApiProblem | undefined, codes: readonly string[]): string | undefined {
  return problem?.code === 'coupon_unknown' ? codes.find((code) => code === problem.detail?.toUpperCase()) : undefined;
}

/** Kept for this tab, so that a reload or a change of cashier loses nothing. */
export const storedCart = stored(thisTab, 'webwaka.cart', cart);
