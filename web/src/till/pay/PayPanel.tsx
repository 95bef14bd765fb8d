import { Banknote, CreditCard, Smartphone, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ApiProblem } from '@/api/problem';
import type { Tender } from '@/api/sales';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button, IconButton } from '../ui/Button';
import { ProblemNotice } from '../ui/Notice';
import { Panel } from '../ui/Panel';
import { CardTender } from './CardTender';
import { CashTender } from './CashTender';
import { PaystackTender } from './PaystackTender';
import { changeOf, leftToPay, type Payment, type PaymentAction } from './payment';

export type Method = Tender['method'];

interface Props {
  readonly total: number;
  /** False while the cart's price is being asked again: then nothing can be completed. */
  readonly fresh: boolean;
  readonly payment: Payment;
  readonly problem: ApiProblem | undefined;
  readonly dispatch: (action: PaymentAction) => void;
  readonly onBack: () => void;
  readonly onComplete: () => void;
  /** The shift was closed under the sale: look for the till's shift again. The cart and its tenders stay. */
  readonly onShiftEnded: () => void;
}

const icons: Readonly<Record<Method, ReactNode>> = {
  cash: <Banknote aria-hidden size={22} />,
  card: <CreditCard aria-hidden size={22} />,
  paystack: <Smartphone aria-hidden size={22} />,
};

export function PayPanel({ total, fresh, payment, problem, dispatch, onBack, onComplete, onShiftEnded }: Props) {
  const t = useStrings();
  const [method, setMethod] = useState<Method>('cash');
  const left = leftToPay(total, payment);
  return (
    <Panel title={t.pay.title} onBack={onBack}>
      <Amounts left={left} change={changeOf(payment)} />
      {problem && <ProblemNotice problem={problem} />}
      {problem?.code === 'shift_not_open' && <Button size="large" onClick={onShiftEnded}>{t.shift.open}</Button>}
      {payment.tenders.length > 0 && <Tenders payment={payment} total={total} dispatch={dispatch} />}
      {left > 0 && (
        <>
          <div role="group" aria-label={t.pay.method} className="grid grid-cols-3 gap-2">
            {(['cash', 'card', 'paystack'] as const).map((each) => (
              <button
                key={each} type="button" aria-pressed={method === each} onClick={() => setMethod(each)}
                className="grid min-h-16 place-items-center content-center gap-1 rounded-2xl border border-edge bg-surface font-medium
                  aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold"
              >
                {icons[each]}{t.pay[each]}
              </button>
            ))}
          </div>
          {method === 'cash' && <CashTender key={left} left={left} onAdd={(tendered) => dispatch({ type: 'cash', total, tendered })} />}
          {method === 'card' && <CardTender key={left} left={left} onAdd={(amount, reference) => dispatch({ type: 'card', amount, reference })} />}
          {method === 'paystack' && (
            <PaystackTender key={left} left={left} email={payment.email} onAdd={(amount, email) => dispatch({ type: 'paystack', amount, email })} />
          )}
        </>
      )}
      {left === 0 && (
        <Button kind="primary" size="large" disabled={!fresh} onClick={onComplete} autoFocus steady className="min-h-16 text-xl">{t.pay.complete}</Button>
      )}
    </Panel>
  );
}

/** The figure of the moment in large: what is left, or once all is tendered the change. */
function Amounts({ left, change }: { readonly left: number; readonly change: number }) {
  const t = useStrings();
  const { money } = useShop();
  const open = left !== 0;
  return (
    <div role="status" className={`grid gap-0.5 rounded-2xl px-5 py-4 ${open ? 'bg-accent-soft' : 'bg-signal text-on-signal'}`}>
      <span className="font-medium">{open ? t.pay.left : change > 0 ? t.pay.change : t.pay.paid}</span>
      <span className="amount text-4xl font-bold tracking-tight sm:text-5xl" data-amount={open ? 'left' : 'change'} data-minor={open ? left : change}>
        {money(open ? left : change)}
      </span>
    </div>
  );
}

function Tenders({ payment, total, dispatch }: { readonly payment: Payment; readonly total: number; readonly dispatch: Props['dispatch'] }) {
  const t = useStrings();
  const { money } = useShop();
  return (
    <ul aria-label={t.pay.tenders} className="grid rounded-2xl border border-line bg-surface">
      {payment.tenders.map((tender, index) => (
        <li key={`${tender.method}${index}`} className="flex items-center gap-3 border-b border-line py-1.5 ps-4 pe-1.5 last:border-0" data-tender={tender.method}>
          <span className="text-accent">{icons[tender.method]}</span>
          <span className="grid flex-1">
            <span className="font-medium">{t.pay[tender.method]}</span>
            {tender.method === 'cash' && tender.tendered !== tender.amount && (
              <span className="amount text-sm text-muted" data-amount="tendered" data-minor={tender.tendered}>{t.pay.given(money(tender.tendered))}</span>
            )}
            {tender.method === 'card' && <span className="text-sm text-muted">{tender.reference}</span>}
          </span>
          <span className="amount font-semibold" data-amount="tender" data-minor={tender.amount}>{money(tender.amount)}</span>
          <IconButton label={t.pay.removeTender(t.pay[tender.method])} onClick={() => dispatch({ type: 'remove', index, total })}><X aria-hidden size={18} /></IconButton>
        </li>
      ))}
    </ul>
  );
}
