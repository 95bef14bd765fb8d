import type { ApiClient } from './client';
import { z } from './zod';

const payment = z.object({
  id: z.string(),
  status: z.string(),
  authorizationUrl: z.url({ protocol: /^https?$/ }).nullish(),
  reference: z.string().nullish(),
});
export type Payment = z.infer<typeof payment>;

/** Starts a hosted checkout for a sale's payment ticket. The same key starts it once. */
export const startCheckout = (api: ApiClient, ticket: string, email: string | undefined, key: string): Promise<Payment> =>
  api.json('/api/payments', payment, {
    method: 'POST', body: { ticket, channel: 'checkout', ...(email && { email }) }, idempotencyKey: key,
  });
