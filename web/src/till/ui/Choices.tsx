import { type Language, languages } from '@/i18n/language';
import { type Theme, themes, usePreferences } from '../preferences';

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly lang?: string }[];
  readonly onChange: (value: T) => void;
}

/** A few choices side by side: a radio group that looks like a switch. */
export function Segments<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <fieldset className="grid min-w-0">
      <legend className="sr-only">{label}</legend>
      <div className="flex gap-1 rounded-xl bg-sunken p-1">
        {options.map((option) => (
          <label
            key={option.value}
            lang={option.lang}
            className="grid min-h-11 flex-1 cursor-pointer place-items-center rounded-lg px-3 text-center text-sm font-medium text-muted
              has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-3 has-focus-visible:outline-accent"
          >
            <input type="radio" name={label} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} className="sr-only" />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function LanguageChoice() {
  const { language, setLanguage, t } = usePreferences();
  const options = (Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value], lang: value }));
  return <Segments label={t.app.language} value={language} options={options} onChange={setLanguage} />;
}

export function ThemeChoice() {
  const { theme, setTheme, t } = usePreferences();
  const options = themes.map((value: Theme) => ({ value, label: t.theme[value] }));
  return <Segments label={t.app.theme} value={theme} options={options} onChange={setTheme} />;
}
