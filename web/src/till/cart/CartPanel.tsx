import { ArrowLeft, ShoppingBasket } from 'lucide-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button, IconButton } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { Empty, ProblemNotice } from '../ui/Notice';
import { type Cart, type CartAction, couponOf } from './cart';
import { CartLine } from './CartLine';
import { Coupons } from './Coupons';
import { Totals } from './Totals';
import type { CartQuote } from './useQuote';

interface Props {
  readonly cart: Cart;
  readonly quote: CartQuote;
  /** While the cart is being paid it can be read, not changed. */
  readonly locked: boolean;
  readonly couponRef: Ref<HTMLInputElement>;
  readonly dispatch: (action: CartAction) => void;
  readonly onPay: () => void;
  readonly onBack: () => void;
}

export function CartPanel({ cart, quote, locked, couponRef, dispatch, onPay, onBack }: Props) {
  const t = useStrings();
  const { money } = useShop();
  const [clearing, setClearing] = useState(false);
  const count = cart.lines.length;
  const end = useRef<HTMLDivElement>(null);
  // A line just added must be in sight, however long the cart.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);

  const total = quote.quote?.total;
  return (
    <section aria-label={t.cart.title} id="cart" tabIndex={-1} className="flex h-full min-h-0 flex-col overflow-y-auto bg-surface outline-none">
      <div className="flex min-h-14 items-center gap-2 border-b border-line px-4 py-1.5">
        {!locked && <IconButton label={t.cart.keepSelling} onClick={onBack} className="-ms-2 md:hidden"><ArrowLeft aria-hidden size={22} className="rtl:-scale-x-100" /></IconButton>}
        <h2 className="flex-1 text-lg font-semibold">{t.cart.title} {count > 0 && <span className="font-normal text-muted">· {t.cart.lines(count)}</span>}</h2>
        {count > 0 && !locked && <Button kind="quiet" onClick={() => setClearing(true)} className="-me-2">{t.cart.clear}</Button>}
      </div>
      <div className="min-h-44 flex-1 overflow-y-auto px-4">
        {count === 0 ? (
          <Empty icon={<ShoppingBasket aria-hidden size={26} />} title={t.cart.empty} hint={t.cart.emptyHint} />
        ) : (
          <ul>
            {cart.lines.map((line, index) => (
              <CartLine
                key={line.product.id} line={line} locked={locked} dispatch={dispatch}
                priced={quote.fresh ? quote.quote?.lines[index] : quote.quote?.lines.find(({ productId }) => productId === line.product.id)}
              />
            ))}
          </ul>
        )}
        <div ref={end} />
      </div>
      {count > 0 && (
        <div className="grid gap-3 border-t border-line p-4">
          {!locked && <Coupons codes={cart.coupons} quote={quote.quote} problem={quote.problem} inputRef={couponRef} dispatch={dispatch} />}
          {quote.problem && !couponOf(quote.problem, cart.coupons) && <ProblemNotice problem={quote.problem} onRetry={quote.retry} />}
          {quote.quote ? <Totals quote={quote.quote} fresh={quote.fresh} /> : !quote.problem && <p className="text-muted">{t.cart.pricing}</p>}
          {!locked && (
            <Button kind="primary" size="large" disabled={!quote.fresh} onClick={onPay}>
              {quote.fresh && total !== undefined ? t.cart.pay(money(total)) : t.cart.payIdle}
            </Button>
          )}
        </div>
      )}
      {clearing && (
        <Confirm
          title={t.cart.clearTitle} text={t.cart.clearText(t.cart.lines(count))} action={t.cart.clear} danger
          onClose={() => setClearing(false)} onConfirm={() => dispatch({ type: 'clear' })}
        />
      )}
    </section>
  );
}
