import { CircleCheck, Download, Printer, Undo2 } from 'lucide-react';
import { receiptPdf } from '@/api/history';
import type { Sale } from '@/api/sales';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { Busy, Hint, ProblemNotice } from '../ui/Notice';
import { useAction } from '../useLoad';
import { useReceipt } from './useReceipt';

interface Props {
  readonly sale: Sale;
  readonly onNext: () => void;
  readonly onRefund: () => void;
}

export function ReceiptPanel({ sale, onNext, onRefund }: Props) {
  const t = useStrings();
  const { api, money } = useShop();
  const receipt = useReceipt(sale.id);
  const pdf = useAction();
  const ready = receipt.state === 'ready';

  return (
    <section aria-label={t.receipt.done} className="mx-auto grid w-full max-w-5xl content-start gap-6 p-4 sm:p-6 lg:grid-cols-2 lg:gap-10">
      <div className="grid content-start gap-4">
        <div className="flex items-center gap-3">
          <CircleCheck aria-hidden size={36} className="text-accent" />
          <div>
            <h1 className="text-2xl font-semibold tracking-tight">{t.receipt.done}</h1>
            <p className="text-muted">{t.receipt.number} <strong className="amount text-ink" data-receipt-number>{sale.number}</strong></p>
          </div>
        </div>
        <div role="status" className="grid gap-0.5 rounded-2xl bg-signal px-5 py-4 text-on-signal">
          <span className="font-medium">{sale.change > 0 ? t.receipt.change : t.receipt.noChange}</span>
          <span className="amount text-5xl font-bold tracking-tight" data-amount="change" data-minor={sale.change}>{money(sale.change)}</span>
        </div>
        <p className="flex justify-between gap-4"><span>{t.receipt.paid}</span><strong className="amount" data-amount="due" data-minor={sale.due}>{money(sale.due)}</strong></p>
        {sale.rounding !== 0 && <p className="flex justify-between gap-4 text-muted"><span>{t.receipt.rounding}</span><span className="amount">{money(sale.rounding)}</span></p>}
        <Button kind="primary" size="large" onClick={onNext} autoFocus steady className="min-h-16 text-xl">{t.receipt.next}</Button>
        <div className="grid grid-cols-2 gap-2">
          <Button disabled={!ready} onClick={() => window.print()}><Printer aria-hidden size={18} />{t.receipt.print}</Button>
          <Button disabled={!ready} busy={pdf.busy} onClick={() => void pdf.run(async () => download(await receiptPdf(api, sale.id), `${sale.number ?? sale.id}.pdf`))}>
            <Download aria-hidden size={18} />{t.receipt.pdf}
          </Button>
        </div>
        <Button kind="quiet" onClick={onRefund}><Undo2 aria-hidden size={18} />{t.receipt.refund}</Button>
        {pdf.problem && <ProblemNotice problem={pdf.problem} />}
      </div>
      <div className="min-w-0">
        {receipt.state === 'loading' && <Busy text={t.receipt.loading} />}
        {receipt.state === 'failed' && (
          <div className="grid gap-3">
            {receipt.problem.status === 404 ? <Hint>{t.receipt.late}</Hint> : <ProblemNotice problem={receipt.problem} />}
            <Button onClick={receipt.reload}>{t.common.retry}</Button>
          </div>
        )}
        {receipt.state === 'ready' && (
          <pre
            aria-label={t.receipt.text} tabIndex={0}
            className="receipt-paper mx-auto w-fit max-w-full overflow-auto rounded-lg border border-line bg-white px-5 py-6 font-mono text-[0.8rem] leading-relaxed text-black shadow-card sm:text-sm"
          >
            {receipt.value}
          </pre>
        )}
      </div>
    </section>
  );
}

function download(file: Blob, name: string) {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
