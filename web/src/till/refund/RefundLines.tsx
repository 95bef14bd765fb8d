import { formatQuantity } from '@/money/quantity';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { inputLook } from '../ui/Field';
import { choiceOf, isValid, type RefundableLine, type RefundAction, type RefundForm } from './refund';

interface Props {
  readonly lines: readonly RefundableLine[];
  readonly form: RefundForm;
  readonly dispatch: (action: RefundAction) => void;
}

/** Which lines come back, how much of each, and whether it can be sold again. */
export function RefundLines({ lines, form, dispatch }: Props) {
  return (
    <ul className="grid rounded-2xl border border-line bg-surface px-4">
      {lines.map((line) => <Line key={line.line} line={line} form={form} dispatch={dispatch} />)}
    </ul>
  );
}

function Line({ line, form, dispatch }: { readonly line: RefundableLine } & Omit<Props, 'lines'>) {
  const t = useStrings();
  const { money, locale } = useShop();
  const { quantity, restock } = choiceOf(form, line.line);
  const chosen = quantity !== '';
  const wrong = chosen && !isValid(quantity, line.left);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-3 last:border-0">
      <label className="flex min-h-11 min-w-48 flex-1 cursor-pointer items-center gap-3">
        <input
          type="checkbox" checked={chosen} disabled={!line.left} className="size-5 accent-accent"
          onChange={(event) => dispatch({ type: 'quantity', line: line.line, quantity: event.target.checked ? line.left ?? '' : '' })}
        />
        <span className="grid flex-1">
          <span className={`font-medium ${line.left ? '' : 'text-muted line-through'}`}>{line.name}</span>
          <span className="amount text-sm text-muted">{line.left ? money(line.total) : t.refund.nothingLeft}</span>
        </span>
      </label>
      {line.left && (
        <div className="flex items-center gap-2">
          <input
            value={quantity} placeholder="0" inputMode="decimal" autoComplete="off" aria-label={t.refund.quantity(line.name)} aria-invalid={wrong || undefined}
            title={wrong ? t.refund.badQuantity : undefined} onChange={(event) => dispatch({ type: 'quantity', line: line.line, quantity: event.target.value })}
            className={`${inputLook} amount max-w-20 text-center`}
          />
          <span className="amount text-sm text-muted">{t.refund.of(formatQuantity(line.left, locale))}</span>
        </div>
      )}
      {chosen && (
        <label className="flex min-h-11 cursor-pointer items-center gap-2 text-sm">
          <input type="checkbox" checked={restock} onChange={(event) => dispatch({ type: 'restock', line: line.line, restock: event.target.checked })} className="size-5 accent-accent" />
          {t.refund.restock}
        </label>
      )}
    </li>
  );
}
