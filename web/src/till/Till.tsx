'use client';

import { useSyncExternalStore } from 'react';
import { Gate } from './Gate';
import { PreferencesProvider } from './preferences';

const never = () => () => undefined;

/** The till. The page itself is static; everything here depends on this device, so it starts in the browser. */
export function Till() {
  const inBrowser = useSyncExternalStore(never, () => true, () => false);
  if (!inBrowser) return <main aria-busy="true" className="grid min-h-dvh place-items-center text-2xl font-bold tracking-tight">WebWaka POS</main>;
  return (
    <PreferencesProvider>
      <Gate />
    </PreferencesProvider>
  );
}
