import type { ApiClient } from './client';
import type { ApiProblem } from './problem';
import { type CartRequest, type Quote, quoteSchema } from './quotes';
import { minor, z } from './zod';

export const tenderSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('cash'), amount: minor, tendered: minor }),
  z.object({ method: z.literal('card'), amount: minor, reference: z.string() }),
  z.object({ method: z.literal('paystack'), amount: minor }),
]);
export type Tender = z.infer<typeof tenderSchema>;

/** What is sent to record a sale; `id` is also its idempotency key and is stored before the first attempt. */
export interface SaleRequest extends CartRequest {
  readonly id: string;
  readonly shiftId: string;
  readonly expectedTotal: number;
  readonly tenders: readonly Tender[];
}

const ticket = z.object({ ticket: z.string(), amount: minor });

const saleSchema = z.object({
  id: z.string(),
  number: z.string().nullish(),
  status: z.string(),
  currency: z.string(),
  total: minor,
  rounding: minor.default(0),
  due: minor,
  change: minor.default(0),
  paymentTickets: z.array(ticket).nullish(),
});
export type Sale = z.infer<typeof saleSchema>;

export const completeSale = (api: ApiClient, sale: SaleRequest): Promise<Sale> =>
  api.json('/api/sales', saleSchema, { method: 'POST', body: sale, idempotencyKey: sale.id });

export const getSale = (api: ApiClient, id: string, signal?: AbortSignal): Promise<Sale> =>
  api.json(`/api/sales/${id}`, saleSchema, { signal });

export const voidSale = async (api: ApiClient, id: string, reason: string, key: string): Promise<void> => {
  await api.send(`/api/sales/${id}/void`, { method: 'POST', body: { reason }, idempotencyKey: key });
};

/** The new prices that a `price_changed` problem carries. */
export function quoteIn(problem: ApiProblem): Quote | undefined {
  const read = z.object({ quote: quoteSchema }).safeParse(problem.body);
  return problem.code === 'price_changed' && read.success ? read.data.quote : undefined;
}
