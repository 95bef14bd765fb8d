import { useCallback, useEffect, useState } from 'react';
import { type ApiProblem, asProblem, isAbort } from '@/api/problem';
import { type CartRequest, type Quote, quoteCart } from '@/api/quotes';
import { useShop } from '../shop';
import type { Cart } from './cart';

const debounceMs = 120;

interface Answer {
  readonly key: string;
  readonly quote?: Quote | undefined;
  readonly problem?: ApiProblem;
}

export interface CartQuote {
  /** The latest prices; while `fresh` is false they are of an earlier cart, to look at but not to pay. */
  readonly quote: Quote | undefined;
  readonly fresh: boolean;
  readonly problem: ApiProblem | undefined;
  readonly request: CartRequest;
  readonly retry: () => void;
  /** Takes over prices that the server sent unasked. */
  readonly adopt: (quote: Quote) => void;
}

/** The server's price for the cart: asked a moment after the last change, and an answer to an older cart is never taken. */
export function useQuote(cart: Cart): CartQuote {
  const { api, station } = useShop();
  const [answer, setAnswer] = useState<Answer>({ key: '' });
  const [attempt, setAttempt] = useState(0);

  const request: CartRequest = {
    storeId: station.store.id,
    tillId: station.till.id,
    lines: cart.lines.map(({ product, quantity }) => ({ productId: product.id, quantity })),
    coupons: cart.coupons,
  };
  const key = JSON.stringify(request);
  const empty = cart.lines.length === 0;

  useEffect(() => {
    if (empty) {
      setAnswer({ key });
      return;
    }
    const abort = new AbortController();
    // A refusal keeps the earlier prices in sight.
    const take = (next: Omit<Answer, 'key'>) => { if (!abort.signal.aborted) setAnswer((last) => ({ quote: last.quote, key, ...next })); };
    const timer = setTimeout(() => {
      quoteCart(api, JSON.parse(key) as CartRequest, abort.signal).then(
        (quote) => take({ quote }),
        (error: unknown) => { if (!isAbort(error)) take({ problem: asProblem(error) }); },
      );
    }, debounceMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, key, empty, attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const adopt = useCallback((quote: Quote) => setAnswer({ key, quote }), [key]);
  const current = answer.key === key;
  return {
    quote: empty ? undefined : answer.quote,
    fresh: current && answer.quote !== undefined && answer.problem === undefined && !empty,
    problem: current ? answer.problem : undefined,
    request,
    retry,
    adopt,
  };
}
