import { type ButtonHTMLAttributes, type ReactNode, useEffect, useState } from 'react';

const kinds = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong disabled:bg-sunken disabled:text-muted font-semibold',
  plain: 'border border-edge bg-surface text-ink hover:bg-sunken disabled:border-line disabled:text-muted font-medium',
  quiet: 'text-ink hover:bg-sunken disabled:text-muted font-medium',
  danger: 'bg-danger text-canvas hover:opacity-90 disabled:bg-sunken disabled:text-muted font-semibold',
} as const;

const sizes = { normal: 'min-h-11 px-4', large: 'min-h-14 px-5 text-lg' } as const;

const steadyMs = 450;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: keyof typeof kinds;
  readonly size?: keyof typeof sizes;
  readonly busy?: boolean;
  /** Waits a moment before it acts: where buttons replace each other, a second tap or Enter must not fall on the next one. */
  readonly steady?: boolean;
  readonly children: ReactNode;
}

/** At least 44 px high. While `busy` it keeps its focus and says so, but does nothing. */
export function Button({ kind = 'plain', size = 'normal', busy = false, steady = false, className = '', onClick, children, type = 'button', ...rest }: Props) {
  const [settled, setSettled] = useState(!steady);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), steadyMs);
    return () => clearTimeout(timer);
  }, []);
  const waits = busy || !settled;
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={waits || undefined}
      onClick={waits ? (event) => event.preventDefault() : onClick}
      className={`inline-flex items-center justify-center gap-2 rounded-xl transition-colors ${kinds[kind]} ${sizes[size]} ${busy ? 'opacity-70' : ''} ${className}`}
    >
      {children}
    </button>
  );
}

/** A square button with a picture only; `label` is what it is called. */
export function IconButton({ label, className = '', children, ...rest }: Omit<Props, 'kind' | 'size' | 'busy' | 'steady'> & { readonly label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`grid size-11 shrink-0 place-items-center rounded-xl text-ink transition-colors hover:bg-sunken disabled:text-muted ${className}`}
    >
      {children}
    </button>
  );
}
