import type { ApiClient } from './client';
import { minor, quantity, unitPrice, z } from './zod';

const tax = z.object({ code: z.string(), rate: z.string().nullish(), base: minor.nullish(), amount: minor });

const discount = z.object({ promotion: z.string().nullish(), name: z.string().nullish(), amount: minor });

const line = z.object({
  productId: z.string().nullish(),
  name: z.string().nullish(),
  quantity,
  unitPrice,
  gross: minor,
  discounts: z.array(discount).default([]),
  net: minor,
  taxes: z.array(tax).default([]),
  total: minor,
});
export type QuoteLine = z.infer<typeof line>;

const fee = z.object({ code: z.string(), name: z.string().nullish(), net: minor, taxes: z.array(tax).default([]), total: minor });

/** A priced cart. Amounts are minor units of `currency`; total = line totals + fee totals. */
export const quoteSchema = z.object({
  currency: z.string(),
  lines: z.array(line),
  net: minor,
  discount: minor,
  tax: minor,
  fees: z.array(fee).default([]),
  total: minor,
  notApplied: z
    .array(z.object({ coupon: z.string().nullish(), promotion: z.string().nullish(), reason: z.string() }))
    .default([]),
});
export type Quote = z.infer<typeof quoteSchema>;

export interface CartRequest {
  readonly storeId: string;
  readonly tillId: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: string }[];
  readonly coupons: readonly string[];
}

export const quoteCart = (api: ApiClient, cart: CartRequest, signal?: AbortSignal): Promise<Quote> =>
  api.json('/api/quotes', quoteSchema, { method: 'POST', body: cart, signal });
