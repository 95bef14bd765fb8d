import { Tag, X } from 'lucide-react';
import { type FormEvent, type Ref, useState } from 'react';
import type { Quote } from '@/api/quotes';
import { reasonFor } from '@/i18n/problems';
import { usePreferences } from '../preferences';
import { Button } from '../ui/Button';
import { inputLook } from '../ui/Field';
import type { CartAction } from './cart';

interface Props {
  readonly codes: readonly string[];
  readonly quote: Quote | undefined;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly dispatch: (action: CartAction) => void;
}

/** Coupon entry, the codes entered, and why one of them did nothing. */
export function Coupons({ codes, quote, inputRef, dispatch }: Props) {
  const { t, language } = usePreferences();
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    dispatch({ type: 'addCoupon', code: typed });
    setTyped('');
  };
  // Offers that nobody asked for and that did not apply are no news; a code somebody entered is.
  const refused = quote?.notApplied.filter(({ code }) => code && codes.includes(code.toUpperCase())) ?? [];
  return (
    <div className="grid gap-2">
      <form onSubmit={submit} className="flex gap-2">
        <input
          ref={inputRef} value={typed} onChange={(event) => setTyped(event.target.value)} aria-label={t.cart.coupon} placeholder={t.cart.coupon}
          autoComplete="off" autoCapitalize="characters" spellCheck={false} className={`${inputLook} flex-1 uppercase placeholder:normal-case`}
        />
        <Button type="submit" disabled={!typed.trim()}>{t.cart.addCoupon}</Button>
      </form>
      {codes.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {codes.map((code) => (
            <li key={code} className="flex items-center gap-1.5 rounded-full bg-accent-soft ps-3 text-sm font-semibold">
              <Tag aria-hidden size={14} className="text-accent" />{code}
              <button
                type="button" aria-label={t.cart.removeCoupon(code)} onClick={() => dispatch({ type: 'removeCoupon', code })}
                className="grid size-11 place-items-center rounded-full hover:bg-sunken"
              >
                <X aria-hidden size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {refused.map(({ code, reason }) => (
        <p key={code} role="status" className="text-sm font-medium text-danger">{t.cart.notApplied(code ?? '', reasonFor(reason, language))}</p>
      ))}
    </div>
  );
}
