import { en, type Strings } from './en';
import { fr } from './fr';

export const languages = { en: 'English', fr: 'Français' } as const;
export type Language = keyof typeof languages;

const strings: Readonly<Record<Language, Strings>> = { en, fr };
const storageKey = 'webwaka.language';

export const stringsOf = (language: Language): Strings => strings[language];

/** What was chosen on this device, else what the browser asks for, else English. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (stored === 'en' || stored === 'fr') return stored;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('fr')) && !navigator.language.startsWith('en') ? 'fr' : 'en';
}

export const rememberLanguage = (language: Language) => localStorage.setItem(storageKey, language);
