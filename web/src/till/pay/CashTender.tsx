import { type FormEvent, useState } from 'react';
import { quickCash } from '@/money/quickCash';
import { subtract } from '@/money/minor';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { MoneyField } from '../ui/Field';
import { hasKeyboard } from '../ui/hasKeyboard';
import { Keypad } from './Keypad';

interface Props {
  readonly left: number;
  readonly onAdd: (tendered: number) => void;
}

/** Cash handed over: one touch for the likely sums, else typed on the keyboard or the keypad. */
export function CashTender({ left, onAdd }: Props) {
  const t = useStrings();
  const { money, parse, currency } = useShop();
  const [typed, setTyped] = useState('');
  const [invalid, setInvalid] = useState(false);
  const amount = parse(typed);
  const change = amount === undefined ? 0 : subtract(amount, left);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setInvalid(!amount);
    if (amount) onAdd(amount);
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div role="group" aria-label={t.pay.quick} className="grid grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] gap-2">
        {quickCash(left, currency).map((sum) => (
          <Button key={sum} size="large" data-quick={sum} onClick={() => onAdd(sum)} className="amount flex-col gap-0 px-2 py-1.5 text-base leading-tight font-semibold">
            {sum === left && <span className="text-xs font-medium text-muted">{t.pay.exact}</span>}{money(sum)}
          </Button>
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-[1fr_15rem] lg:items-start">
        <div className="grid gap-3">
          <MoneyField
            label={`${t.pay.cashGiven} (${currency})`} value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus={hasKeyboard()}
            error={invalid && !amount ? t.pay.invalid : undefined} hint={change > 0 ? <>{t.pay.change}: <strong className="amount text-ink">{money(change)}</strong></> : undefined}
          />
          <Button type="submit" kind="primary" size="large">{t.pay.addCash}</Button>
        </div>
        <Keypad typed={typed} onType={setTyped} currency={currency} />
      </div>
    </form>
  );
}
