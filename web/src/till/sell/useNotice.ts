import { useCallback, useEffect, useState } from 'react';

/** `quiet` is said to screen readers only: what it tells can be seen on the page already. */
export type Tone = 'quiet' | 'good' | 'bad';

export interface Notice {
  readonly text: string;
  readonly tone: Tone;
}

const shownMs: Readonly<Record<Tone, number>> = { quiet: 3000, good: 2000, bad: 6000 };

/** One short message at a time, gone after a moment. */
export function useNotice() {
  const [notice, setNotice] = useState<Notice>();
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(undefined), shownMs[notice.tone]);
    return () => clearTimeout(timer);
  }, [notice]);
  const say = useCallback((text: string, tone: Tone) => setNotice({ text, tone }), []);
  return { notice, say };
}
