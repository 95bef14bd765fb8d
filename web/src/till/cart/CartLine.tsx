import { Trash2 } from 'lucide-react';
import type { QuoteLine } from '@/api/quotes';
import { formatQuantity } from '@/money/quantity';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { IconButton } from '../ui/Button';
import type { Cart, CartAction } from './cart';
import { QuantityField } from './QuantityField';

interface Props {
  readonly line: Cart['lines'][number];
  readonly priced: QuoteLine | undefined;
  readonly locked: boolean;
  readonly dispatch: (action: CartAction) => void;
}

export function CartLine({ line, priced, locked, dispatch }: Props) {
  const t = useStrings();
  const { money, price, locale } = useShop();
  const { id, name } = line.product;
  return (
    <li className="grid gap-1.5 border-b border-line py-3 last:border-0" data-line={id}>
      <div className="flex items-start justify-between gap-3">
        <span className="min-w-0 leading-snug font-medium wrap-anywhere">{name}</span>
        <span className="amount font-semibold" data-amount="gross" data-minor={priced?.gross}>{priced ? money(priced.gross) : '…'}</span>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="amount text-sm text-muted">
          {locked && `${formatQuantity(line.quantity, locale)} × `}{t.cart.each(price(priced?.unitPrice ?? line.product.price))}
        </span>
        {!locked && (
          <div className="ms-auto flex items-center gap-1">
            <QuantityField
              name={name} quantity={line.quantity} onStep={(by) => dispatch({ type: 'step', productId: id, by })}
              onChange={(quantity) => dispatch({ type: 'setQuantity', productId: id, quantity })}
            />
            <IconButton label={t.cart.remove(name)} onClick={() => dispatch({ type: 'remove', productId: id })} className="text-muted hover:text-danger">
              <Trash2 aria-hidden size={18} />
            </IconButton>
          </div>
        )}
      </div>
      {priced?.discounts.map((discount, index) => (
        <p key={`${discount.promotion ?? ''}${index}`} className="flex justify-between gap-3 text-sm font-medium text-accent">
          <span>{discount.name ?? discount.promotion ?? t.cart.discount}</span>
          <span className="amount">−{money(discount.amount)}</span>
        </p>
      ))}
    </li>
  );
}
