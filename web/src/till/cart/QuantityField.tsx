import { Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { formatQuantity, parseQuantity, type Quantity } from '@/money/quantity';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { IconButton } from '../ui/Button';

interface Props {
  readonly name: string;
  readonly quantity: Quantity;
  readonly onStep: (by: 1 | -1) => void;
  readonly onChange: (quantity: Quantity) => void;
}

/** A stepper that also takes a typed quantity. What is no quantity, a scanned barcode for one, is put back as it was. */
export function QuantityField({ name, quantity, onStep, onChange }: Props) {
  const t = useStrings();
  const { locale } = useShop();
  const [draft, setDraft] = useState<string>();

  const commit = () => {
    const parsed = draft === undefined ? undefined : parseQuantity(draft);
    setDraft(undefined);
    if (parsed !== undefined && parsed !== quantity) onChange(parsed);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') setDraft(undefined);
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    setDraft(undefined);
    onStep(event.key === 'ArrowUp' ? 1 : -1);
  };
  const invalid = draft !== undefined && draft !== '' && parseQuantity(draft) === undefined;

  return (
    <div className="relative flex items-center rounded-xl border border-edge">
      <IconButton label={t.cart.less(name)} onClick={() => onStep(-1)}><Minus aria-hidden size={18} /></IconButton>
      <input
        value={draft ?? formatQuantity(quantity, locale)} inputMode="decimal" autoComplete="off" aria-label={t.cart.quantity(name)}
        aria-invalid={invalid || undefined} onFocus={(event) => { setDraft(quantity); requestAnimationFrame(() => event.target.select()); }}
        onChange={(event) => setDraft(event.target.value)} onBlur={commit} onKeyDown={onKeyDown}
        className="amount h-11 w-14 bg-transparent text-center font-semibold aria-[invalid=true]:text-danger"
      />
      <IconButton label={t.cart.more(name)} onClick={() => onStep(1)}><Plus aria-hidden size={18} /></IconButton>
      {invalid && <p role="alert" className="absolute end-0 top-full z-10 mt-1 rounded-lg bg-danger-soft px-2.5 py-1.5 text-sm font-medium whitespace-nowrap text-danger">{t.cart.badQuantity}</p>}
    </div>
  );
}
