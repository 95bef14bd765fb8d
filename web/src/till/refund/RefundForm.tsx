import { useId, useReducer, useState } from 'react';
import { type Refund, type RefundRequest, type Transaction } from '@/api/history';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { Field, inputLook } from '../ui/Field';
import { Hint, ProblemNotice } from '../ui/Notice';
import { chosenLines, emptyRefund, refundableLines, refundReducer } from './refund';
import { RefundLines } from './RefundLines';
import { useRefund } from './useRefund';

interface Props {
  readonly sale: Transaction;
  readonly onRefunded: (refund: Refund) => void;
}

export function RefundFormView({ sale, onRefunded }: Props) {
  const t = useStrings();
  const { station, shift, money } = useShop();
  const id = useId();
  const [form, dispatch] = useReducer(refundReducer, emptyRefund);
  const [preset, setPreset] = useState('');
  const [asking, setAsking] = useState(false);
  const { busy, problem, send } = useRefund(onRefunded);
  const lines = refundableLines(sale);
  const chosen = chosenLines(form, lines);
  const reason = form.reason.trim();

  const confirm = () => {
    if (!chosen) return;
    const request: Omit<RefundRequest, 'id'> = { saleId: sale.id, tillId: station.till.id, shiftId: shift.id, lines: chosen, reason };
    void send(request);
  };
  const pick = (value: string) => {
    setPreset(value);
    dispatch({ type: 'reason', reason: value === 'other' ? '' : value });
  };

  if (!lines.some(({ left }) => left)) return <Hint>{t.refund.none}</Hint>;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p><span className="text-muted">{t.refund.original}</span> <strong className="amount">{sale.number}</strong> · <span className="amount">{money(sale.total)}</span></p>
        <Button onClick={() => dispatch({ type: 'all', lines })}>{t.refund.all}</Button>
      </div>
      <h2 className="sr-only">{t.refund.choose}</h2>
      <RefundLines lines={lines} form={form} dispatch={dispatch} />
      <div className="grid gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">{t.refund.reason}</label>
        <select id={id} value={preset} onChange={(event) => pick(event.target.value)} className={inputLook}>
          <option value="" disabled />
          {t.refund.reasons.map((each) => <option key={each} value={each}>{each}</option>)}
          <option value="other">{t.refund.other}</option>
        </select>
      </div>
      {preset === 'other' && (
        <Field label={t.refund.other} value={form.reason} maxLength={200} onChange={(event) => dispatch({ type: 'reason', reason: event.target.value })} autoFocus />
      )}
      {problem && <ProblemNotice problem={problem} />}
      {!(chosen && reason) && <p className="text-muted">{t.refund.nothing}</p>}
      <Button kind="primary" size="large" disabled={!chosen || !reason} busy={busy} onClick={() => setAsking(true)}>{busy ? t.refund.working : t.refund.submit}</Button>
      {asking && (
        <Confirm title={t.refund.confirmTitle} text={t.refund.confirmText} action={t.refund.submit} onClose={() => setAsking(false)} onConfirm={confirm} />
      )}
    </>
  );
}
