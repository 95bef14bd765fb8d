'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Strings } from '@/i18n/en';
import { type Language, preferredLanguage, rememberLanguage, stringsOf } from '@/i18n/language';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

interface Preferences {
  readonly language: Language;
  readonly t: Strings;
  readonly theme: Theme;
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (theme: Theme) => void;
}

const Context = createContext<Preferences | undefined>(undefined);
const themeKey = 'webwaka.theme';

const storedTheme = (): Theme => themes.find((theme) => theme === localStorage.getItem(themeKey)) ?? 'auto';

/** Language and appearance, remembered on this device. Rendered in the browser only. */
export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(preferredLanguage);
  const [theme, setTheme] = useState(storedTheme);

  useEffect(() => {
    document.documentElement.lang = language;
    rememberLanguage(language);
  }, [language]);

  useEffect(() => {
    localStorage.setItem(themeKey, theme);
    const device = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'auto' ? (device.matches ? 'dark' : 'light') : theme;
    };
    apply();
    device.addEventListener('change', apply);
    return () => device.removeEventListener('change', apply);
  }, [theme]);

  const value = useMemo(() => ({ language, t: stringsOf(language), theme, setLanguage, setTheme }), [language, theme]);
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (!preferences) throw new Error('usePreferences needs a PreferencesProvider above it.');
  return preferences;
}

export const useStrings = (): Strings => usePreferences().t;
