import { type FormEvent, useState } from 'react';
import { problemSentences } from '@/i18n/problems';
import { usePreferences } from '../preferences';
import { Button } from '../ui/Button';
import { Field, MoneyField } from '../ui/Field';
import { holdsCardNumber } from './cardNumber';
import { useTenderAmount } from './useTenderAmount';

interface Props {
  readonly left: number;
  readonly onAdd: (amount: number, reference: string) => void;
}

/** A payment made on a stand-alone card terminal, recorded with the reference of its slip. Never a card number. */
export function CardTender({ left, onAdd }: Props) {
  const { t, language } = usePreferences();
  const { take, field } = useTenderAmount(left);
  const [reference, setReference] = useState('');
  const [missing, setMissing] = useState(false);

  const card = holdsCardNumber(reference);
  const error = card ? problemSentences[language].card_number_refused : missing && !reference.trim() ? t.pay.needReference : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const amount = take();
    setMissing(!reference.trim());
    if (amount && reference.trim() && !card) onAdd(amount, reference.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2 sm:items-start">
        <MoneyField {...field} />
        <Field
          label={t.pay.reference} hint={t.pay.referenceHint} value={reference} onChange={(event) => setReference(event.target.value)} autoComplete="off" autoFocus
          maxLength={40} className="min-h-12" error={error}
        />
      </div>
      <Button type="submit" kind="primary" size="large">{t.pay.addCard}</Button>
    </form>
  );
}
