import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { findByBarcode, type Product } from '@/api/catalogue';
import { asProblem } from '@/api/problem';
import { sentenceFor } from '@/i18n/problems';
import { type CartAction, cartReducer, emptyCart, storedCart } from '../cart/cart';
import { CartPanel } from '../cart/CartPanel';
import { useQuote } from '../cart/useQuote';
import { noPayment, paymentReducer, storedPayment } from '../pay/payment';
import { usePreferences } from '../preferences';
import { ProductGrid } from '../products/ProductGrid';
import { useScanner } from '../products/useScanner';
import { RefundPanel } from '../refund/RefundPanel';
import { useCheckout } from '../sale/useCheckout';
import { CloseShift } from '../shift/CloseShift';
import { useShop } from '../shop';
import { CartBar } from './CartBar';
import { CheckoutView } from './CheckoutView';
import { Header } from './Header';
import { HelpDialog } from './HelpDialog';
import { MenuDialog } from './MenuDialog';
import { Toast } from './Toast';
import { useNotice } from './useNotice';
import { type ShortcutKey, useShortcuts } from './useShortcuts';

type View = { readonly at: 'products' | 'cart' | 'pay' | 'shift' } | { readonly at: 'refund'; readonly saleId?: string };

interface Props {
  readonly onLeave: () => void;
  readonly onShiftEnded: () => void;
}

/** The selling screen: products and cart side by side, or one after the other on a phone. */
export function Sell({ onLeave, onShiftEnded }: Props) {
  const { t, language } = usePreferences();
  const { api, money, shift } = useShop();
  const [cart, dispatch] = useReducer(cartReducer, undefined, () => storedCart.load() ?? emptyCart);
  const [payment, pay] = useReducer(paymentReducer, undefined, () => (cart.lines.length ? storedPayment.load() : undefined) ?? noPayment);
  const [view, setView] = useState<View>({ at: payment.tenders.length ? 'pay' : 'products' });
  const [dialog, setDialog] = useState<'menu' | 'help'>();
  const search = useRef<HTMLInputElement>(null);
  const coupon = useRef<HTMLInputElement>(null);
  const { notice, say } = useNotice();
  const quote = useQuote(cart);

  useEffect(() => {
    storedCart.save(cart);
    storedPayment.save(payment);
  }, [cart, payment]);

  const emptied = useCallback(() => {
    dispatch({ type: 'clear' });
    pay({ type: 'reset' });
  }, []);
  const sale = useCheckout(emptied);
  const { stage } = sale.checkout;
  const total = quote.quote?.total ?? 0;

  // A new total moves the cash, never what a card was charged.
  useEffect(() => {
    if (quote.fresh) pay({ type: 'retotal', total });
  }, [quote.fresh, total]);

  const add = useCallback((product: Product, scanned = false) => {
    dispatch({ type: 'add', product });
    say(t.products.added(product.name), scanned ? 'good' : 'quiet');
  }, [say, t]);
  const scan = useCallback(async (code: string) => {
    try {
      const product = await findByBarcode(api, code);
      if (product) add(product, true);
      else say(t.products.unknownBarcode(code), 'bad');
    } catch (error) {
      say(sentenceFor(asProblem(error), language), 'bad');
    }
  }, [add, api, language, say, t]);

  // Clearing the cart also takes back what was tendered for it.
  const change = useCallback((action: CartAction) => (action.type === 'clear' ? emptied() : dispatch(action)), [emptied]);

  const open = stage === 'open';
  const selling = open && (view.at === 'products' || view.at === 'cart');
  useScanner(selling, (code) => void scan(code));

  const goSell = () => setView({ at: 'products' });
  const goPay = () => { if (quote.fresh && selling) setView({ at: 'pay' }); };
  const next = () => { sale.reopen(); goSell(); };
  const act = (key: ShortcutKey): boolean => {
    switch (key) {
      case 'F1': setDialog('help'); return true;
      case 'F2': if (selling) { goSell(); requestAnimationFrame(() => search.current?.focus()); } return true;
      case 'F4': if (selling) { setView({ at: 'cart' }); requestAnimationFrame(() => coupon.current?.focus()); } return true;
      case 'F8': goPay(); return true;
      case 'F9': if (selling) setView({ at: 'refund' }); return true;
      case 'F10': if (selling) setView({ at: 'shift' }); return true;
      case 'Escape': if (open && view.at !== 'products') next(); return open && view.at !== 'products';
      default: return false;
    }
  };
  useShortcuts(act);

  const submit = () => {
    if (!quote.fresh) return;
    sale.submit({ ...quote.request, lines: [...quote.request.lines], coupons: [...quote.request.coupons], shiftId: shift.id, expectedTotal: total, tenders: [...payment.tenders] }, payment.email);
  };
  const withCart = stage !== 'completed' && (selling || view.at === 'pay' || !open);

  return (
    <div className="flex h-dvh flex-col">
      <Header locked={!selling} onRefund={() => setView({ at: 'refund' })} onShift={() => setView({ at: 'shift' })} onMenu={() => setDialog('menu')} />
      <main className={`grid min-h-0 flex-1 ${withCart ? 'md:grid-cols-[minmax(0,1fr)_22rem] xl:grid-cols-[minmax(0,1fr)_27rem]' : ''}`}>
        <div className={`min-h-0 overflow-y-auto ${view.at === 'cart' && open ? 'hidden md:block' : ''}`}>
          {!open || view.at === 'pay' ? (
            <CheckoutView
              sale={sale} quote={quote} payment={payment} pay={pay} onSubmit={submit} onBack={() => { sale.reopen(); goSell(); }} onNext={next}
              onRefund={(saleId) => { sale.reopen(); setView({ at: 'refund', saleId }); }}
              onShiftEnded={onShiftEnded} onPayAgain={() => { sale.reopen(); setView({ at: 'pay' }); }} onVoided={() => { pay({ type: 'reset' }); next(); say(t.online.cancelled, 'good'); }}
            />
          ) : view.at === 'refund' ? <RefundPanel saleId={view.saleId} onBack={goSell} />
            : view.at === 'shift' ? <CloseShift cartIsEmpty={cart.lines.length === 0} onBack={goSell} onEnded={onShiftEnded} />
              : <ProductGrid cart={cart} searchRef={search} onAdd={(product) => add(product)} onBarcode={(code) => void scan(code)} />}
        </div>
        {withCart && (
          <div className={`min-h-0 border-s border-line ${view.at === 'cart' && open ? '' : 'hidden md:block'}`}>
            <CartPanel cart={cart} quote={quote} locked={!selling} couponRef={coupon} dispatch={change} onPay={goPay} onBack={goSell} />
          </div>
        )}
      </main>
      {open && view.at === 'products' && cart.lines.length > 0 && <CartBar cart={cart} quote={quote} onView={() => setView({ at: 'cart' })} />}
      <div aria-live="polite" className="sr-only">{quote.fresh && selling ? t.cart.announce(money(total), t.cart.lines(cart.lines.length)) : ''}</div>
      <Toast notice={notice} />
      {dialog === 'help' && <HelpDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'menu' && (
        <MenuDialog
          locked={!selling} onClose={() => setDialog(undefined)} onRefund={() => setView({ at: 'refund' })} onShift={() => setView({ at: 'shift' })}
          onHelp={() => setDialog('help')} onLeave={onLeave}
        />
      )}
    </div>
  );
}
