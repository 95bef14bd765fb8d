import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ApiProblem } from '@/api/problem';
import { sentenceFor } from '@/i18n/problems';
import { usePreferences } from '../preferences';
import { Button } from '../ui/Button';
import { Busy } from '../ui/Notice';
import { Panel } from '../ui/Panel';
import { waitBefore } from './submit';

export function Sending({ attempt }: { readonly attempt: number }) {
  const { t } = usePreferences();
  return <Panel title={t.pay.title}><Busy text={attempt > 1 ? t.pending.sending : t.pay.completing} /></Panel>;
}

interface Props {
  readonly attempt: number;
  readonly problem: ApiProblem;
  readonly onSend: () => void;
}

/** No answer yet. There is no way to give up here: the sale may be recorded, so only a definite answer ends it. */
export function Unconfirmed({ attempt, problem, onSend }: Props) {
  const { t, language } = usePreferences();
  const [left, setLeft] = useState(() => waitBefore(attempt, problem));
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Panel title={t.pending.title}>
      <div role="alert" className="flex gap-4 rounded-2xl bg-danger-soft p-5">
        <CloudOff aria-hidden size={28} className="shrink-0 text-danger" />
        <div className="grid gap-2">
          <p className="font-semibold text-danger">{sentenceFor(problem, language)}</p>
          <p>{t.pending.text}</p>
        </div>
      </div>
      <p className="text-muted" aria-hidden>{t.pending.next(left)}</p>
      <Button kind="primary" size="large" onClick={onSend} autoFocus>{t.pending.again}</Button>
    </Panel>
  );
}
