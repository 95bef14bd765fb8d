import { BadgeCheck, ShieldAlert } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import { findByNumber, getTransaction, type Refund } from '@/api/history';
import { ApiProblem } from '@/api/problem';
import { useStrings } from '../preferences';
import { storedLastSale } from '../sale/records';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Busy, ProblemNotice } from '../ui/Notice';
import { Panel } from '../ui/Panel';
import { useAction, useLoad } from '../useLoad';
import { RefundFormView } from './RefundForm';

export function RefundPanel({ saleId, onBack }: { readonly saleId: string | undefined; readonly onBack: () => void }) {
  const t = useStrings();
  const { me } = useShop();
  // Looking a sale up again loads it again: somebody else may have refunded a part of it.
  const [found, setFound] = useState({ id: saleId, times: 0 });
  const show = (id: string) => setFound(({ times }) => ({ id, times: times + 1 }));
  const [refund, setRefund] = useState<Refund>();
  if (!me.permissions.includes('refund')) return <NotAllowed onBack={onBack} />;
  if (refund) return <Refunded refund={refund} onBack={onBack} />;
  return (
    <Panel title={t.refund.title} onBack={onBack}>
      <Find onFound={show} />
      {found.id && <Original key={found.times} saleId={found.id} onRefunded={setRefund} />}
    </Panel>
  );
}

function NotAllowed({ onBack }: { readonly onBack: () => void }) {
  const t = useStrings();
  const { api } = useShop();
  return (
    <Panel title={t.refund.title} onBack={onBack}>
      <div role="alert" className="grid justify-items-start gap-3 rounded-2xl bg-surface p-6 shadow-card">
        <ShieldAlert aria-hidden size={32} className="text-accent" />
        <h2 className="text-lg font-semibold">{t.refund.noPermission}</h2>
        <p>{t.refund.noPermissionText}</p>
        <Button kind="primary" onClick={() => api.session.signOut()}>{t.refund.switchUser}</Button>
      </div>
    </Panel>
  );
}

function Find({ onFound }: { readonly onFound: (saleId: string) => void }) {
  const t = useStrings();
  const { api } = useShop();
  const last = storedLastSale.load();
  const [number, setNumber] = useState('');
  const { busy, problem, run } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = number.trim();
    if (!wanted) return;
    void run(async () => {
      const id = await findByNumber(api, wanted);
      if (!id) throw new ApiProblem(404, 'no_such_number', t.refund.notFound(wanted));
      onFound(id);
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-48 flex-1">
          <Field label={t.refund.find} value={number} onChange={(event) => setNumber(event.target.value)} autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder={t.refund.explain} />
        </div>
        <Button type="submit" busy={busy} disabled={!number.trim()}>{t.refund.search}</Button>
        {last && <Button onClick={() => onFound(last.id)}>{t.refund.last}{last.number && ` · ${last.number}`}</Button>}
      </div>
      {problem && <ProblemNotice problem={problem} />}
    </form>
  );
}

function Original({ saleId, onRefunded }: { readonly saleId: string; readonly onRefunded: (refund: Refund) => void }) {
  const t = useStrings();
  const { api } = useShop();
  const sale = useLoad(useCallback((signal: AbortSignal) => getTransaction(api, saleId, signal), [api, saleId]));
  if (sale.state === 'loading') return <Busy text={t.app.loading} />;
  if (sale.state === 'failed') return <ProblemNotice problem={sale.problem} onRetry={sale.reload} />;
  return <RefundFormView sale={sale.value} onRefunded={onRefunded} />;
}

function Refunded({ refund, onBack }: { readonly refund: Refund; readonly onBack: () => void }) {
  const t = useStrings();
  const { money } = useShop();
  return (
    <Panel title={t.refund.done}>
      <div role="status" className="grid gap-0.5 rounded-2xl bg-signal px-5 py-4 text-on-signal">
        <span className="flex items-center gap-2 font-medium"><BadgeCheck aria-hidden size={20} />{t.refund.amount}</span>
        <span className="amount text-5xl font-bold tracking-tight" data-amount="refund" data-minor={refund.total}>{money(refund.total)}</span>
      </div>
      {refund.number && <p className="text-muted">{t.refund.number} <strong className="amount text-ink" data-refund-number>{refund.number}</strong></p>}
      <Button kind="primary" size="large" onClick={onBack} autoFocus steady>{t.refund.finish}</Button>
    </Panel>
  );
}
