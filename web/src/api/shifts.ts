import type { ApiClient } from './client';
import { ApiProblem } from './problem';
import { minor, z } from './zod';

const shift = z.object({ id: z.string(), openedAt: z.string(), float: minor });
export type Shift = z.infer<typeof shift>;

const closed = z.object({
  id: z.string(),
  zNumber: z.int(),
  expectedCash: minor,
  counted: minor,
  variance: minor,
  sales: z.int(),
  salesTotal: minor,
  refundsTotal: minor,
});
/** The Z report's figures: what the drawer should hold against what was counted. */
export type ClosedShift = z.infer<typeof closed>;

/** The shift open on a till, or undefined when there is none. */
export async function currentShift(api: ApiClient, tillId: string, signal?: AbortSignal): Promise<Shift | undefined> {
  try {
    return await api.json('/api/shifts/current', shift, { query: { tillId }, signal });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}

export const openShift = (api: ApiClient, id: string, tillId: string, float: number): Promise<Shift> =>
  api.json('/api/shifts', shift, { method: 'POST', body: { id, tillId, float }, idempotencyKey: id });

export const closeShift = (api: ApiClient, id: string, counted: number, key: string): Promise<ClosedShift> =>
  api.json(`/api/shifts/${id}/close`, closed, { method: 'POST', body: { counted }, idempotencyKey: key });
