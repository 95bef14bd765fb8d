import { ShoppingBasket } from 'lucide-react';
import type { Cart } from '../cart/cart';
import type { CartQuote } from '../cart/useQuote';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button } from '../ui/Button';

/** On a phone the cart is one touch away, its total always in sight. */
export function CartBar({ cart, quote, onView }: { readonly cart: Cart; readonly quote: CartQuote; readonly onView: () => void }) {
  const t = useStrings();
  const { money } = useShop();
  return (
    <div className="border-t border-line bg-surface p-3 md:hidden">
      <Button kind="primary" size="large" onClick={onView} className="w-full">
        <span className="flex flex-1 items-center gap-2"><ShoppingBasket aria-hidden size={20} />{t.cart.view} · {t.cart.lines(cart.lines.length)}</span>
        <span className={`amount ${quote.fresh ? '' : 'opacity-60'}`}>{quote.quote ? money(quote.quote.total) : '…'}</span>
      </Button>
    </div>
  );
}
