import type { Quote } from '@/api/quotes';
import { sum } from '@/money/minor';
import { useStrings } from '../preferences';
import { useShop } from '../shop';

/**
 * The sums below the lines, chosen so that a customer can add them up: with prices that include tax, subtotal - discounts + fees;
 * without, the tax is added too. A fee is shown with its own taxes inside.
 */
export function Totals({ quote, fresh }: { readonly quote: Quote; readonly fresh: boolean }) {
  const t = useStrings();
  const { money, me } = useShop();
  const inclusive = me.tenant.pricesIncludeTax;
  const subtotal = sum(quote.lines.map((line) => line.gross));
  const tax = sum(quote.lines.flatMap((line) => line.taxes.map(({ amount }) => amount)));
  return (
    <dl className={`grid gap-1 transition-opacity ${fresh ? '' : 'opacity-50'}`}>
      <Row name={t.cart.subtotal} amount="subtotal" minor={subtotal} text={money(subtotal)} />
      {quote.discount !== 0 && <Row name={t.cart.discount} amount="discount" minor={quote.discount} text={`−${money(quote.discount)}`} accent />}
      {tax !== 0 && <Row name={inclusive ? t.cart.taxIncluded : t.cart.tax} amount={inclusive ? 'taxIncluded' : 'tax'} minor={tax} text={money(tax)} quiet={inclusive} />}
      {quote.fees.map((fee) => <Row key={fee.code} name={fee.name ?? fee.code} amount="fee" minor={fee.total} text={money(fee.total)} />)}
      <div className="mt-1 flex items-baseline justify-between gap-3 border-t border-line pt-2">
        <dt className="text-lg font-semibold">{t.cart.total}</dt>
        <dd className="amount text-3xl font-bold tracking-tight" data-amount="total" data-minor={quote.total} data-fresh={fresh}>{money(quote.total)}</dd>
      </div>
    </dl>
  );
}

interface RowProps {
  readonly name: string;
  readonly amount: string;
  readonly minor: number;
  readonly text: string;
  readonly accent?: boolean;
  readonly quiet?: boolean;
}

function Row({ name, amount, minor, text, accent = false, quiet = false }: RowProps) {
  return (
    <div className={`flex justify-between gap-3 ${accent ? 'font-medium text-accent' : quiet ? 'text-sm text-muted' : ''}`}>
      <dt>{name}</dt>
      <dd className="amount" data-amount={amount} data-minor={minor}>{text}</dd>
    </div>
  );
}
