import { Tag, X } from 'lucide-react';
import { type FormEvent, type Ref, useEffect, useState } from 'react';
import type { ApiProblem } from '@/api/problem';
import type { Quote } from '@/api/quotes';
import { reasonFor, sentenceFor } from '@/i18n/problems';
import { usePreferences } from '../preferences';
import { takesScans } from '../products/useScanner';
import { Button } from '../ui/Button';
import { inputLook } from '../ui/Field';
import { type CartAction, couponOf } from './cart';

interface Props {
  readonly codes: readonly string[];
  readonly quote: Quote | undefined;
  readonly problem: ApiProblem | undefined;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly dispatch: (action: CartAction) => void;
}

/** Coupon entry, the codes entered, and why one of them did nothing. */
export function Coupons({ codes, quote, problem, inputRef, dispatch }: Props) {
  const { t, language } = usePreferences();
  const [typed, setTyped] = useState('');
  const [rejected, setRejected] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    dispatch({ type: 'addCoupon', code: typed });
    setTyped('');
    setRejected(undefined);
  };
  // One mistyped code must not leave the cart without its prices: it goes again, and is named.
  const unusable = couponOf(problem, codes);
  useEffect(() => {
    if (!unusable || !problem) return;
    setRejected(`${unusable}: ${sentenceFor(problem, language)}`);
    dispatch({ type: 'removeCoupon', code: unusable });
  }, [unusable, problem, language, dispatch]);
  // Offers that nobody asked for and that did not apply are no news; a code somebody entered is.
  const refused = quote?.notApplied.filter(({ coupon }) => coupon && codes.includes(coupon.toUpperCase())) ?? [];
  return (
    <div className="grid gap-2">
      <form onSubmit={submit} className="flex gap-2">
        <input
          ref={inputRef} value={typed} onChange={(event) => setTyped(event.target.value)} aria-label={t.cart.coupon} placeholder={t.cart.coupon}
          autoComplete="off" autoCapitalize="characters" spellCheck={false} {...takesScans} className={`${inputLook} flex-1 uppercase placeholder:normal-case`}
        />
        <Button type="submit" disabled={!typed.trim()}>{t.cart.addCoupon}</Button>
      </form>
      {rejected && <p role="alert" className="text-sm font-medium text-danger wrap-anywhere">{rejected}</p>}
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
      {refused.map(({ coupon, reason }) => (
        <p key={coupon} role="status" className="text-sm font-medium text-danger">{t.cart.notApplied(coupon ?? '', reasonFor(reason, language))}</p>
      ))}
    </div>
  );
}
