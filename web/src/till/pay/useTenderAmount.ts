import { useState } from 'react';
import { toPlain } from '@/money/format';
import { useStrings } from '../preferences';
import { useShop } from '../shop';

/** An amount to type for a tender that gives no change: all that is left unless somebody types less. */
export function useTenderAmount(left: number) {
  const t = useStrings();
  const { parse, currency, money } = useShop();
  const [typed, setTyped] = useState(() => toPlain(left, currency));
  const [checked, setChecked] = useState(false);
  const amount = parse(typed);
  const error = !amount ? t.pay.invalid : amount > left ? t.pay.tooMuch(money(left)) : undefined;

  /** The amount if it can be taken; otherwise says in the field why not. */
  const take = (): number | undefined => {
    setChecked(true);
    return error ? undefined : amount;
  };
  return { take, field: { label: `${t.pay.amount} (${currency})`, value: typed, onChange: (event: { target: { value: string } }) => setTyped(event.target.value), error: checked ? error : undefined } };
}
