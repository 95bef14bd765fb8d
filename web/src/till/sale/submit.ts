import type { ApiClient } from '@/api/client';
import { ApiProblem, asProblem } from '@/api/problem';
import type { Quote } from '@/api/quotes';
import { completeSale, quoteIn, type Sale } from '@/api/sales';
import type { Stored } from '../storage';
import type { PendingSale } from './records';

/** What one attempt to record a sale came to. Only `uncertain` leaves the sale pending. */
export type Outcome =
  | { readonly kind: 'recorded'; readonly sale: Sale }
  | { readonly kind: 'priceChanged'; readonly quote: Quote }
  | { readonly kind: 'refused'; readonly problem: ApiProblem }
  | { readonly kind: 'uncertain'; readonly problem: ApiProblem };

/** Stores the sale, sends it, and forgets it once the answer is definite. Sending the same sale again is safe. */
export async function submitSale(api: ApiClient, pending: PendingSale, store: Stored<PendingSale>): Promise<Outcome> {
  store.save(pending);
  try {
    const sale = await completeSale(api, pending.request);
    store.clear();
    return { kind: 'recorded', sale };
  } catch (error) {
    const problem = asProblem(error);
    if (problem.isUncertain) return { kind: 'uncertain', problem };
    store.clear();
    const quote = quoteIn(problem);
    return quote ? { kind: 'priceChanged', quote } : { kind: 'refused', problem };
  }
}

/** Seconds until the next attempt: 1, 2, 4, 8, then 15, or what the server asked for. */
export const waitBefore = (attempt: number, problem: ApiProblem): number => problem.retryAfterSeconds ?? Math.min(15, 2 ** Math.max(0, attempt - 1));
