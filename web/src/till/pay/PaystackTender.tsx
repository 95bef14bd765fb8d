import { type FormEvent, useState } from 'react';
import { useStrings } from '../preferences';
import { Button } from '../ui/Button';
import { Field, MoneyField } from '../ui/Field';
import { useTenderAmount } from './useTenderAmount';

interface Props {
  readonly left: number;
  readonly email: string;
  readonly onAdd: (amount: number, email: string) => void;
}

/** A payment that the customer makes on their own phone, once the sale is recorded as awaiting it. */
export function PaystackTender({ left, email, onAdd }: Props) {
  const t = useStrings();
  const { take, field } = useTenderAmount(left);
  const [typed, setTyped] = useState(email);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const amount = take();
    if (amount) onAdd(amount, typed.trim());
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2 sm:items-start">
        <MoneyField {...field} />
        <Field
          label={`${t.pay.email} (${t.common.optional})`} hint={t.online.emailHint} type="email" value={typed} onChange={(event) => setTyped(event.target.value)}
          autoComplete="off" autoCapitalize="none" className="min-h-12"
        />
      </div>
      <p className="text-muted">{t.pay.onlyOnline}.</p>
      <Button type="submit" kind="primary" size="large">{t.pay.addPaystack}</Button>
    </form>
  );
}
