import { useCallback, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { type Refund, type RefundRequest, refundSale } from '@/api/history';
import { type ApiProblem, asProblem } from '@/api/problem';
import { quantity, z } from '@/api/zod';
import { useShop } from '../shop';
import { stored, thisTab } from '../storage';

const pendingRefund = z.object({
  id: z.uuid(),
  saleId: z.string(),
  tillId: z.string(),
  shiftId: z.string(),
  lines: z.array(z.object({ line: z.int(), quantity, restock: z.boolean() })),
  reason: z.string(),
});
const storedRefund = stored(thisTab, 'webwaka.pendingRefund', pendingRefund);

const withoutId = ({ id: _, ...rest }: RefundRequest) => JSON.stringify(rest);

/** The request to send: one whose answer was lost keeps its id when it is sent again, also after a reload. */
function identified(request: Omit<RefundRequest, 'id'>): RefundRequest {
  const pending = storedRefund.load();
  return pending && withoutId(pending) === JSON.stringify(request) ? pending : { ...request, id: uuid() };
}

/** Sends a refund, stored before it leaves and until the answer is definite, so that asking again never pays out twice. */
export function useRefund(onRefunded: (refund: Refund) => void) {
  const { api } = useShop();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const send = useCallback(async (wanted: Omit<RefundRequest, 'id'>) => {
    const { id, saleId, tillId, shiftId, lines, reason } = identified(wanted);
    const request = { id, saleId, tillId, shiftId, lines: [...lines], reason };
    storedRefund.save(request);
    setBusy(true);
    setProblem(undefined);
    try {
      const refund = await refundSale(api, request);
      storedRefund.clear();
      onRefunded(refund);
    } catch (error) {
      const failed = asProblem(error);
      if (!failed.isUncertain) storedRefund.clear();
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }, [api, onRefunded]);
  return { busy, problem, send };
}
