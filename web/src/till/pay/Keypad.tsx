import { Delete } from 'lucide-react';
import { exponentOf } from '@/money/currency';
import { useStrings } from '../preferences';

interface Props {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly currency: string;
}

/** Digits in reach of a thumb, for tills without a keyboard. A currency without decimals has no point but three zeros. */
export function Keypad({ typed, onType, currency }: Props) {
  const t = useStrings();
  const extra = exponentOf(currency) === 0 ? '000' : '.';
  const keys = ['7', '8', '9', '4', '5', '6', '1', '2', '3', extra, '0'];
  const look = 'grid min-h-12 place-items-center rounded-xl border border-line bg-surface text-xl font-medium hover:bg-sunken active:bg-sunken';
  return (
    <div role="group" aria-label={t.pay.keypad} className="grid grid-cols-3 gap-2">
      {keys.map((key) => <button key={key} type="button" onClick={() => onType(typed + key)} className={look}>{key}</button>)}
      <button type="button" aria-label={t.pay.erase} onClick={() => onType(typed.slice(0, -1))} className={look}><Delete aria-hidden size={22} className="rtl:-scale-x-100" /></button>
    </div>
  );
}
