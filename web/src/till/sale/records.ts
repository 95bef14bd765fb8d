import { tenderSchema } from '@/api/sales';
import { minor, quantity, z } from '@/api/zod';
import { stored, thisTab } from '../storage';

const pendingSale = z.object({
  request: z.object({
    id: z.uuid(),
    storeId: z.string(),
    tillId: z.string(),
    shiftId: z.string(),
    lines: z.array(z.object({ productId: z.string(), quantity })),
    coupons: z.array(z.string()),
    expectedTotal: minor,
    tenders: z.array(tenderSchema),
  }),
  email: z.string(),
});

/** A sale as it is sent. It is stored before the first attempt and until a definite answer, so every attempt is the same. */
export type PendingSale = z.infer<typeof pendingSale>;
export const storedPendingSale = stored(thisTab, 'webwaka.pendingSale', pendingSale);

const awaiting = z.object({
  saleId: z.string(),
  total: minor,
  email: z.string(),
  voidKey: z.uuid(),
  payments: z.array(z.object({ ticket: z.string(), amount: minor, key: z.uuid() })),
});

/** A sale that waits for its online payments, with the key of each request about it. */
export type AwaitingSale = z.infer<typeof awaiting>;
export const storedAwaiting = stored(thisTab, 'webwaka.awaiting', awaiting);

const lastSale = z.object({ id: z.string(), number: z.string().nullish() });
export type LastSale = z.infer<typeof lastSale>;
export const storedLastSale = stored(thisTab, 'webwaka.lastSale', lastSale);
