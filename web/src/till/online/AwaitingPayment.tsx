import { useEffect, useEffectEvent, useState } from 'react';
import { asProblem, isAbort } from '@/api/problem';
import { getSale, type Sale, voidSale } from '@/api/sales';
import { useStrings } from '../preferences';
import type { AwaitingSale } from '../sale/records';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { Busy, ProblemNotice } from '../ui/Notice';
import { Panel } from '../ui/Panel';
import { useAction } from '../useLoad';
import { Checkout } from './Checkout';

const pollMs = 2000;

interface Props {
  readonly awaiting: AwaitingSale;
  readonly onCompleted: (sale: Sale) => void;
  readonly onVoided: () => void;
}

/** Waits until the sale's online payments have settled, or until somebody cancels it. */
export function AwaitingPayment({ awaiting, onCompleted, onVoided }: Props) {
  const t = useStrings();
  const { api } = useShop();
  const [asking, setAsking] = useState(false);
  const { busy, problem, run } = useAction();
  const lost = useSaleState(awaiting.saleId, (sale) => {
    if (sale.status === 'completed') onCompleted(sale);
    if (sale.status === 'voided') onVoided();
  });

  const cancel = () => void run(async () => {
    await voidSale(api, awaiting.saleId, t.online.reason, awaiting.voidKey);
    onVoided();
  });
  return (
    <Panel title={t.online.title}>
      {awaiting.payments.map((payment) => <Checkout key={payment.key} payment={payment} email={awaiting.email} />)}
      {problem && <ProblemNotice problem={problem} />}
      {lost ? <ProblemNotice problem={lost} /> : <Busy text={t.online.waiting} />}
      <Button onClick={() => setAsking(true)} busy={busy}>{t.online.cancel}</Button>
      {asking && (
        <Confirm title={t.online.cancelTitle} text={t.online.cancelText} action={t.online.cancel} danger onClose={() => setAsking(false)} onConfirm={cancel} />
      )}
    </Panel>
  );
}

/** Asks for the sale again and again, one call at a time; gives the problem while it cannot be asked. */
function useSaleState(saleId: string, onAnswer: (sale: Sale) => void) {
  const { api } = useShop();
  const [problem, setProblem] = useState<ReturnType<typeof asProblem>>();
  const answered = useEffectEvent(onAnswer);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const sale = await getSale(api, saleId, abort.signal);
        setProblem(undefined);
        answered(sale);
      } catch (error) {
        if (isAbort(error)) return;
        setProblem(asProblem(error));
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void ask(), pollMs);
    };
    timer = setTimeout(() => void ask(), pollMs);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [api, saleId]);
  return problem;
}
