import { PackageOpen, Search, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useCallback, useEffect, useRef, useState } from 'react';
import { listCategories, type Product } from '@/api/catalogue';
import type { Cart } from '../cart/cart';
import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button, IconButton } from '../ui/Button';
import { inputLook } from '../ui/Field';
import { Busy, Empty, ProblemNotice } from '../ui/Notice';
import { useLoad } from '../useLoad';
import { moveInGrid } from './moveInGrid';
import { ProductTile } from './ProductTile';
import { looksLikeBarcode } from './scanner';
import { useProducts } from './useProducts';

interface Props {
  readonly cart: Cart;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onAdd: (product: Product) => void;
  readonly onBarcode: (code: string) => void;
}

export function ProductGrid({ cart, searchRef, onAdd, onBarcode }: Props) {
  const t = useStrings();
  const { api } = useShop();
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string>();
  const categories = useLoad(useCallback((signal: AbortSignal) => listCategories(api, signal), [api]));
  const products = useProducts(search, category);

  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);

  const onSearchKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && search) setSearch('');
    if (event.key !== 'Enter' || !search.trim()) return;
    if (looksLikeBarcode(search)) {
      onBarcode(search.trim());
      setSearch('');
    } else if (!products.loading && products.items.length === 1) {
      onAdd(products.items[0]!);
      setSearch('');
    }
  };

  const quantities = new Map(cart.lines.map((line) => [line.product.id, line.quantity]));
  const filtered = Boolean(search.trim() || category);
  return (
    <section aria-label={t.products.title} className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3 p-3 sm:p-5">
      <h1 ref={heading} tabIndex={-1} className="sr-only outline-none">{t.products.title}</h1>
      <div className="relative">
        <Search aria-hidden size={20} className="pointer-events-none absolute inset-y-0 start-3.5 my-auto text-muted" />
        <input
          ref={searchRef} type="search" value={search} onChange={(event) => setSearch(event.target.value)} onKeyDown={onSearchKey}
          onBlur={() => { if (looksLikeBarcode(search)) setSearch(''); }}
          aria-label={t.products.search} placeholder={t.products.search} autoComplete="off" spellCheck={false} enterKeyHint="search"
          className={`${inputLook} min-h-12 ps-11 pe-12 [&::-webkit-search-cancel-button]:hidden`}
        />
        {search && (
          <IconButton label={t.products.clear} onClick={() => setSearch('')} className="absolute inset-y-0 end-0.5 my-auto"><X aria-hidden size={18} /></IconButton>
        )}
      </div>
      {categories.state === 'ready' && categories.value.length > 0 && (
        <div role="group" aria-label={t.products.categories} className="-mx-1 flex gap-2 overflow-x-auto px-1 py-1">
          {[undefined, ...categories.value.map(({ name }) => name)].map((name) => (
            <button
              key={name ?? ''} type="button" aria-pressed={category === name} onClick={() => setCategory(name)}
              className="min-h-11 shrink-0 rounded-full border border-edge bg-surface px-4 font-medium aria-pressed:border-accent aria-pressed:bg-accent
                aria-pressed:text-on-accent"
            >
              {name ?? t.products.all}
            </button>
          ))}
        </div>
      )}
      {products.problem && <ProblemNotice problem={products.problem} onRetry={products.more} />}
      {products.loading && products.items.length === 0 && <Busy text={t.app.loading} />}
      {!products.loading && !products.problem && products.items.length === 0 && (
        <Empty
          icon={<PackageOpen aria-hidden size={26} />} title={filtered ? t.products.none : t.products.empty}
          hint={filtered ? t.products.noneHint : t.products.emptyHint}
        />
      )}
      <div
        aria-busy={products.loading} onKeyDown={moveInGrid}
        className={`grid grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-2.5 transition-opacity sm:gap-3 ${products.loading ? 'opacity-60' : ''}`}
      >
        {products.items.map((product) => <ProductTile key={product.id} product={product} inCart={quantities.get(product.id)} onAdd={onAdd} />)}
      </div>
      {products.cursor && !products.loading && <Button onClick={products.more}>{t.products.more}</Button>}
    </section>
  );
}
