import { type FormEvent, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { type ClosedShift, closeShift } from '@/api/shifts';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { MoneyField } from '../ui/Field';
import { ProblemNotice } from '../ui/Notice';
import { Panel } from '../ui/Panel';
import { useAction } from '../useLoad';

interface Props {
  readonly cartIsEmpty: boolean;
  readonly onBack: () => void;
  readonly onEnded: () => void;
}

export function CloseShift({ cartIsEmpty, onBack, onEnded }: Props) {
  const t = useStrings();
  const { api, shift, parse, currency, money, locale } = useShop();
  const [typed, setTyped] = useState('');
  const [invalid, setInvalid] = useState(false);
  const [closed, setClosed] = useState<ClosedShift>();
  const { busy, problem, run } = useAction();
  const attempt = useRef<{ counted: number; key: string }>(undefined);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const counted = parse(typed);
    setInvalid(counted === undefined);
    if (counted === undefined) return;
    if (attempt.current?.counted !== counted) attempt.current = { counted, key: uuid() };
    const { key } = attempt.current;
    void run(async () => setClosed(await closeShift(api, shift.id, counted, key)));
  };

  if (closed) return <ZReport closed={closed} onEnded={onEnded} />;
  const since = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(shift.openedAt));
  return (
    <Panel title={t.shift.close} onBack={onBack}>
      <p className="text-muted">{t.shift.since(since)} · {t.shift.float} <span className="amount text-ink">{money(shift.float)}</span></p>
      {!cartIsEmpty && <p role="alert" className="font-medium text-danger">{t.shift.unfinished}</p>}
      {problem && <ProblemNotice problem={problem} />}
      <form onSubmit={submit} noValidate className="grid max-w-md gap-4">
        <MoneyField
          label={`${t.shift.counted} (${currency})`} hint={t.shift.closeExplain} value={typed} autoFocus
          onChange={(event) => setTyped(event.target.value)} error={invalid ? t.shift.invalid : undefined}
        />
        <Button type="submit" kind="primary" size="large" busy={busy} disabled={!cartIsEmpty}>{t.shift.close}</Button>
      </form>
    </Panel>
  );
}

function ZReport({ closed, onEnded }: { readonly closed: ClosedShift; readonly onEnded: () => void }) {
  const t = useStrings();
  const { money } = useShop();
  const { variance } = closed;
  const rows: [string, string][] = [
    [t.shift.number, String(closed.zNumber)],
    [t.shift.sales, `${money(closed.salesTotal)} (${closed.sales})`],
    [t.shift.refunds, money(closed.refundsTotal)],
    [t.shift.expected, money(closed.expectedCash)],
    [t.shift.counted, money(closed.counted)],
  ];
  return (
    <Panel title={t.shift.closed}>
      <dl className="grid max-w-md gap-2">
        {rows.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 border-b border-line pb-2">
            <dt className="text-muted">{name}</dt><dd className="amount font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      {variance !== undefined && (
        <p className={`text-lg font-semibold ${variance === 0 ? 'text-accent' : 'text-danger'}`}>
          {variance === 0 ? t.shift.even : `${t.shift.variance}: ${money(Math.abs(variance))} ${variance > 0 ? t.shift.over : t.shift.short}`}
        </p>
      )}
      <Button kind="primary" size="large" onClick={onEnded} autoFocus className="max-w-md">{t.shift.next}</Button>
    </Panel>
  );
}
