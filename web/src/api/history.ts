import type { ApiClient } from './client';
import { minor, page, quantity, z } from './zod';

const line = z.object({
  line: z.int().nullish(),
  name: z.string().nullish(),
  quantity,
  total: minor,
});

const refundLine = z.object({ line: z.int(), quantity });

const transaction = z.object({
  id: z.string(),
  number: z.string().nullish(),
  status: z.string().nullish(),
  currency: z.string(),
  total: minor,
  lines: z.array(line),
  refunds: z.array(z.object({ id: z.string(), total: minor, lines: z.array(refundLine).default([]) })).default([]),
});
/** A recorded sale with what has been refunded of it. */
export type Transaction = z.infer<typeof transaction>;

const found = z.object({ id: z.string(), number: z.string().nullish() });

const refund = z.object({ id: z.string(), number: z.string().nullish(), currency: z.string().nullish(), total: minor });
export type Refund = z.infer<typeof refund>;

export interface RefundRequest {
  readonly id: string;
  readonly saleId: string;
  readonly tillId: string;
  readonly shiftId: string;
  readonly lines: readonly { readonly line: number; readonly quantity: string; readonly restock: boolean }[];
  readonly reason: string;
}

export const getTransaction = (api: ApiClient, id: string, signal?: AbortSignal): Promise<Transaction> =>
  api.json(`/api/transactions/${id}`, transaction, { signal });

/** The id of the sale with that receipt number, if there is one. */
export const findByNumber = async (api: ApiClient, number: string): Promise<string | undefined> =>
  (await api.json('/api/transactions', page(found), { query: { number } })).items[0]?.id;

export const refundSale = (api: ApiClient, request: RefundRequest): Promise<Refund> =>
  api.json('/api/refunds', refund, { method: 'POST', body: request, idempotencyKey: request.id });

export const receiptText = (api: ApiClient, saleId: string, signal?: AbortSignal): Promise<string> =>
  api.text(`/api/receipts/${saleId}`, { signal });

export const receiptPdf = (api: ApiClient, saleId: string): Promise<Blob> =>
  api.blob(`/api/receipts/${saleId}`, { accept: 'application/pdf' });
