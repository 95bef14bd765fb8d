import { useCallback, useDeferredValue, useEffect, useReducer } from 'react';
import { listProducts, type Product } from '@/api/catalogue';
import { type ApiProblem, asProblem, isAbort } from '@/api/problem';
import { useShop } from '../shop';

interface State {
  readonly items: readonly Product[];
  readonly cursor: string | undefined;
  readonly loading: boolean;
  readonly problem: ApiProblem | undefined;
  /** Counts the pages asked for: a change asks for the next one, or for the failed one again. */
  readonly ask: number;
  readonly from: string | undefined;
}

type Action =
  | { readonly type: 'started' | 'more' }
  | { readonly type: 'reset' }
  | { readonly type: 'page'; readonly items: readonly Product[]; readonly cursor: string | undefined; readonly first: boolean }
  | { readonly type: 'failed'; readonly problem: ApiProblem };

const start: State = { items: [], cursor: undefined, loading: true, problem: undefined, ask: 0, from: undefined };

function reducer(state: State, action: Action): State {
  switch (action.type) {
    case 'started': return { ...state, loading: true, problem: undefined };
    case 'reset': return { ...state, from: undefined, loading: true };
    case 'more': return { ...state, ask: state.ask + 1, from: state.problem ? state.from : state.cursor };
    case 'page': return { ...state, loading: false, items: action.first ? action.items : [...state.items, ...action.items], cursor: action.cursor };
    case 'failed': return { ...state, loading: false, problem: action.problem };
  }
}

const debounceMs = 150;

/** The products that match, page by page. Old results stay in sight until the new ones are there. */
export function useProducts(search: string, category: string | undefined) {
  const { api } = useShop();
  const [state, dispatch] = useReducer(reducer, start);
  const wanted = useDeferredValue(search.trim());

  useEffect(() => {
    dispatch({ type: 'reset' });
  }, [wanted, category]);

  useEffect(() => {
    const abort = new AbortController();
    dispatch({ type: 'started' });
    const cursor = state.from;
    const timer = setTimeout(() => {
      listProducts(api, { search: wanted, category, cursor }, abort.signal).then(
        ({ items, nextCursor }) => {
          if (!abort.signal.aborted) dispatch({ type: 'page', items, cursor: nextCursor ?? undefined, first: !cursor });
        },
        (error: unknown) => { if (!abort.signal.aborted && !isAbort(error)) dispatch({ type: 'failed', problem: asProblem(error) }); },
      );
    }, wanted ? debounceMs : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, wanted, category, state.ask, state.from]);

  const more = useCallback(() => dispatch({ type: 'more' }), []);
  return { ...state, more };
}
