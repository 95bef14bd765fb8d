import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly trailing?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
}

export const inputLook =
  'min-h-11 w-full rounded-xl border border-edge bg-surface px-3.5 text-ink placeholder:text-muted aria-[invalid=true]:border-danger';

/** A labelled input whose hint and error are read with it. */
export function Field({ label, hint, error, trailing, className = '', ...input }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">{label}</label>
      <div className="relative">
        <input
          {...input}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          className={`${inputLook} ${trailing ? 'pe-24' : ''} ${className}`}
        />
        {trailing && <div className="absolute inset-y-0 end-0 flex items-center">{trailing}</div>}
      </div>
      {hint && <p id={`${id}-hint`} className="text-sm text-muted">{hint}</p>}
      {error && <p id={`${id}-error`} role="alert" className="text-sm font-medium text-danger">{error}</p>}
    </div>
  );
}

/** An amount of money, typed on a decimal keyboard and shown in large tabular figures. */
export function MoneyField(props: Props) {
  return <Field autoComplete="off" inputMode="decimal" enterKeyHint="done" {...props} className={`amount text-xl font-semibold ${props.className ?? ''}`} />;
}
