import { useCallback, useEffect, useState } from 'react';
import { type ApiProblem, asProblem, isAbort } from '@/api/problem';

export type Load<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: ApiProblem };

/** Loads when `work` changes (keep it stable with useCallback); an answer to an older `work` is cancelled and never shown. */
export function useLoad<T>(work: (signal: AbortSignal) => Promise<T>): Load<T> & { readonly reload: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [load, setLoad] = useState<Load<T>>({ state: 'loading' });
  useEffect(() => {
    const abort = new AbortController();
    setLoad({ state: 'loading' });
    work(abort.signal).then(
      (value) => { if (!abort.signal.aborted) setLoad({ state: 'ready', value }); },
      (error: unknown) => { if (!abort.signal.aborted && !isAbort(error)) setLoad({ state: 'failed', problem: asProblem(error) }); },
    );
    return () => abort.abort();
  }, [work, attempt]);
  const reload = useCallback(() => setAttempt((n) => n + 1), []);
  return { ...load, reload };
}

/** Runs one action at a time and keeps its problem until the next. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const run = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, problem, run };
}
