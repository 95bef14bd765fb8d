import { useCallback, useEffect, useReducer, useRef } from 'react';
import { v7 as uuid } from 'uuid';
import type { ApiProblem } from '@/api/problem';
import type { Quote } from '@/api/quotes';
import type { Sale } from '@/api/sales';
import { useShop } from '../shop';
import { type AwaitingSale, type PendingSale, storedAwaiting, storedLastSale, storedPendingSale } from './records';
import { submitSale, waitBefore } from './submit';

/** Where the sale being rung up stands, from a cart that is still open to a receipt. */
export type Checkout =
  | { readonly stage: 'open'; readonly problem?: ApiProblem }
  | { readonly stage: 'sending'; readonly pending: PendingSale; readonly attempt: number }
  | { readonly stage: 'uncertain'; readonly pending: PendingSale; readonly attempt: number; readonly problem: ApiProblem }
  | { readonly stage: 'priceChanged'; readonly was: number; readonly quote: Quote }
  | { readonly stage: 'awaiting'; readonly awaiting: AwaitingSale }
  | { readonly stage: 'completed'; readonly sale: Sale };

function start(): Checkout {
  const pending = storedPendingSale.load();
  if (pending) return { stage: 'sending', pending, attempt: 1 };
  const awaiting = storedAwaiting.load();
  return awaiting ? { stage: 'awaiting', awaiting } : { stage: 'open' };
}

/** Records the sale, for as long as it takes, and says what became of it. A sale left unconfirmed by a reload is taken up again. */
export function useCheckout(onCompleted: () => void) {
  const { api } = useShop();
  const [checkout, become] = useReducer((_: Checkout, next: Checkout) => next, undefined, start);
  const sent = useRef<string>(undefined);

  const complete = useCallback((sale: Sale) => {
    storedAwaiting.clear();
    storedLastSale.save({ id: sale.id, number: sale.number });
    onCompleted();
    become({ stage: 'completed', sale });
  }, [onCompleted]);

  const send = useCallback(async (pending: PendingSale, attempt: number) => {
    const outcome = await submitSale(api, pending, storedPendingSale);
    if (outcome.kind === 'uncertain') return become({ stage: 'uncertain', pending, attempt, problem: outcome.problem });
    if (outcome.kind === 'refused') return become({ stage: 'open', problem: outcome.problem });
    if (outcome.kind === 'priceChanged') return become({ stage: 'priceChanged', was: pending.request.expectedTotal, quote: outcome.quote });
    const { sale } = outcome;
    if (sale.status !== 'awaitingPayment') return complete(sale);
    const payments = (sale.paymentTickets ?? []).map(({ ticket, amount }) => ({ ticket, amount, key: uuid() }));
    const awaiting = { saleId: sale.id, total: sale.total, email: pending.email, voidKey: uuid(), payments };
    storedAwaiting.save(awaiting);
    become({ stage: 'awaiting', awaiting });
  }, [api, complete]);

  // Each attempt is sent once, though React may run an effect twice.
  useEffect(() => {
    if (checkout.stage !== 'sending') return;
    const key = `${checkout.pending.request.id}/${checkout.attempt}`;
    if (sent.current === key) return;
    sent.current = key;
    void send(checkout.pending, checkout.attempt);
  }, [checkout, send]);

  useEffect(() => {
    if (checkout.stage !== 'uncertain') return;
    const { pending, attempt, problem } = checkout;
    const timer = setTimeout(() => become({ stage: 'sending', pending, attempt: attempt + 1 }), waitBefore(attempt, problem) * 1000);
    return () => clearTimeout(timer);
  }, [checkout]);

  useEffect(() => {
    if (checkout.stage !== 'sending' && checkout.stage !== 'uncertain') return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [checkout.stage]);

  const submit = useCallback((request: Omit<PendingSale['request'], 'id'>, email: string) => {
    become({ stage: 'sending', pending: { request: { id: uuid(), ...request }, email }, attempt: 1 });
  }, []);
  const sendNow = useCallback(() => {
    if (checkout.stage === 'uncertain') become({ stage: 'sending', pending: checkout.pending, attempt: checkout.attempt + 1 });
  }, [checkout]);
  const reopen = useCallback(() => {
    storedAwaiting.clear();
    become({ stage: 'open' });
  }, []);

  return { checkout, submit, sendNow, reopen, complete };
}
