import { useCallback } from 'react';
import { receiptText } from '@/api/history';
import { ApiProblem } from '@/api/problem';
import { useShop } from '../shop';
import { useLoad } from '../useLoad';

const waitsMs = [200, 300, 500, 800, 1200, 2000, 3000, 4000];

/** The receipt's text. The journal writes it a moment after the sale, so "not there" is asked again for some seconds. */
export function useReceipt(saleId: string) {
  const { api } = useShop();
  return useLoad(useCallback(async (signal: AbortSignal) => {
    for (const wait of waitsMs) {
      try {
        return await receiptText(api, saleId, signal);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 404 || signal.aborted) throw error;
        await new Promise((done) => setTimeout(done, wait));
      }
    }
    return receiptText(api, saleId, signal);
  }, [api, saleId]));
}
