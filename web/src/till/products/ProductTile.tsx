import type { Product } from '@/api/catalogue';
import { formatQuantity } from '@/money/quantity';
import { useStrings } from '../preferences';
import { useShop } from '../shop';

const hues = [158, 32, 215, 340, 265, 88, 12, 190];

/** The same category always has the same colour, whatever page it comes on. */
const hueOf = (category: string) => hues[[...category].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % hues.length];

interface Props {
  readonly product: Product;
  readonly inCart: string | undefined;
  readonly onAdd: (product: Product) => void;
}

export function ProductTile({ product, inCart, onAdd }: Props) {
  const t = useStrings();
  const { price, locale } = useShop();
  const { onHand } = product;
  const none = onHand != null && Number(onHand) <= 0;
  return (
    <button
      type="button"
      data-product={product.id}
      onClick={() => onAdd(product)}
      className={`relative grid min-h-28 content-between gap-2 overflow-hidden rounded-2xl border bg-surface p-3.5 text-start transition
        hover:border-accent active:scale-[0.98] ${inCart ? 'border-accent' : 'border-line'}`}
    >
      <span aria-hidden className="absolute inset-x-0 top-0 h-1" style={{ background: `hsl(${hueOf(product.category ?? '')} 55% 48%)` }} />
      <span className="line-clamp-2 pt-1 leading-snug font-medium wrap-anywhere"><span className="sr-only">{t.products.add} </span>{product.name}</span>
      <span className="flex flex-wrap items-end justify-between gap-2">
        <span>
          <span className="amount block text-lg font-bold tracking-tight">{price(product.price)}</span>
          {onHand != null && (
            <span className={`block text-xs ${none ? 'font-medium text-danger' : 'text-muted'}`}>
              {none ? t.products.noneLeft : t.products.left(formatQuantity(String(onHand), locale))}
            </span>
          )}
        </span>
        {inCart && (
          <span className="amount grid h-7 min-w-7 place-items-center rounded-full bg-accent px-2 text-sm font-semibold text-on-accent">
            {formatQuantity(inCart, locale)}<span className="sr-only"> {t.products.inCart}</span>
          </span>
        )}
      </span>
    </button>
  );
}
