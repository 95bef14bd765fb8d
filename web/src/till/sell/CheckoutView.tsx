import type { CartQuote } from '../cart/useQuote';
import { AwaitingPayment } from '../online/AwaitingPayment';
import { type Payment, type PaymentAction } from '../pay/payment';
import { PayPanel } from '../pay/PayPanel';
import { ReceiptPanel } from '../receipt/ReceiptPanel';
import { PriceChanged } from '../sale/PriceChanged';
import { Sending, Unconfirmed } from '../sale/Unconfirmed';
import type { useCheckout } from '../sale/useCheckout';

interface Props {
  readonly sale: ReturnType<typeof useCheckout>;
  readonly quote: CartQuote;
  readonly payment: Payment;
  readonly pay: (action: PaymentAction) => void;
  readonly onSubmit: () => void;
  readonly onBack: () => void;
  readonly onPayAgain: () => void;
  readonly onNext: () => void;
  readonly onRefund: (saleId: string) => void;
  readonly onVoided: () => void;
  readonly onShiftEnded: () => void;
}

/** What the checkout shows at each of its stages. */
export function CheckoutView({ sale, quote, payment, pay, onSubmit, onBack, onPayAgain, onNext, onRefund, onVoided, onShiftEnded }: Props) {
  const { checkout } = sale;
  switch (checkout.stage) {
    case 'open':
      return (
        <PayPanel
          total={quote.quote?.total ?? 0} fresh={quote.fresh} payment={payment} problem={checkout.problem ?? quote.problem}
          dispatch={pay} onBack={onBack} onComplete={onSubmit} onShiftEnded={onShiftEnded}
        />
      );
    case 'sending':
      return <Sending attempt={checkout.attempt} />;
    case 'uncertain':
      return <Unconfirmed key={checkout.attempt} attempt={checkout.attempt} problem={checkout.problem} onSend={sale.sendNow} />;
    case 'priceChanged':
      return <PriceChanged was={checkout.was} now={checkout.quote.total} onBack={onBack} onAccept={() => { quote.adopt(checkout.quote); onPayAgain(); }} />;
    case 'awaiting':
      return <AwaitingPayment awaiting={checkout.awaiting} onCompleted={sale.complete} onVoided={onVoided} />;
    case 'completed':
      return <ReceiptPanel sale={checkout.sale} onNext={onNext} onRefund={() => onRefund(checkout.sale.id)} />;
  }
}
