import type { ReactNode } from 'react';
import { usePreferences } from '../preferences';
import { LanguageChoice } from './Choices';

interface Props {
  readonly title: string;
  readonly shop?: string | undefined;
  readonly children: ReactNode;
}

/** The screens before selling: one card in the middle, the shop's name above it. */
export function Doorway({ title, shop, children }: Props) {
  const { t } = usePreferences();
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-6 px-4 py-8">
      <div className="text-center">
        <p className="text-2xl font-bold tracking-tight">{shop ?? t.app.name}</p>
        {shop && <p className="text-sm text-muted">{t.app.name}</p>}
      </div>
      <section className="grid w-full max-w-md gap-5 rounded-3xl bg-surface p-6 shadow-card sm:p-8">
        <h1 className="text-xl font-semibold">{title}</h1>
        {children}
      </section>
      <LanguageChoice />
    </main>
  );
}
