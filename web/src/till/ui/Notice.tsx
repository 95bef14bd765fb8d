import { CircleAlert, Info, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiProblem } from '@/api/problem';
import { sentenceFor } from '@/i18n/problems';
import { usePreferences } from '../preferences';
import { Button } from './Button';

/** A problem said as a sentence, with a way to try again where that makes sense. */
export function ProblemNotice({ problem, onRetry }: { readonly problem: ApiProblem; readonly onRetry?: (() => void) | undefined }) {
  const { language, t } = usePreferences();
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl bg-danger-soft px-4 py-3 text-danger">
      <CircleAlert aria-hidden size={20} className="shrink-0" />
      <p className="min-w-40 flex-1 font-medium">{sentenceFor(problem, language)}</p>
      {onRetry && <Button onClick={onRetry}>{t.common.retry}</Button>}
    </div>
  );
}

export function Hint({ children }: { readonly children: ReactNode }) {
  return (
    <div role="status" className="flex items-center gap-3 rounded-xl bg-accent-soft px-4 py-3">
      <Info aria-hidden size={20} className="shrink-0 text-accent" />
      <div className="flex-1">{children}</div>
    </div>
  );
}

export function Busy({ text }: { readonly text: string }) {
  return (
    <p role="status" className="flex items-center justify-center gap-3 p-8 text-muted">
      <LoaderCircle aria-hidden size={22} className="animate-spin" />
      {text}
    </p>
  );
}

export function Empty({ title, hint, icon }: { readonly title: string; readonly hint: string; readonly icon: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-12 text-center">
      <div className="mb-2 grid size-14 place-items-center rounded-full bg-sunken text-muted">{icon}</div>
      <p className="font-semibold">{title}</p>
      <p className="text-muted">{hint}</p>
    </div>
  );
}
