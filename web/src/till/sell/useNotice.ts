import { useCallback, useEffect, useState } from 'react';

export interface Notice {
  readonly text: string;
  readonly bad: boolean;
}

const shownMs = 4000;

/** One short message at a time, said to screen readers too and gone after a moment. */
export function useNotice() {
  const [notice, setNotice] = useState<Notice>();
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [notice]);
  const say = useCallback((text: string, bad = false) => setNotice({ text, bad }), []);
  return { notice, say };
}
