import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useStrings } from '../preferences';
import { IconButton } from './Button';

interface Props {
  readonly title: string;
  readonly onBack?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** What takes the place of the product grid for a while: paying, refunding, closing the shift. */
export function Panel({ title, onBack, children }: Props) {
  const t = useStrings();
  const heading = useRef<HTMLHeadingElement>(null);
  // Somebody who cannot see that the page has changed is taken to what is new, unless a field of it asked for the focus.
  useEffect(() => {
    const panel = heading.current?.closest('section');
    if (!panel?.contains(document.activeElement)) heading.current?.focus();
  }, []);
  return (
    <section aria-label={title} className="mx-auto grid w-full max-w-3xl content-start gap-5 p-4 sm:p-6">
      <div className="flex items-center gap-2">
        {onBack && <IconButton label={t.common.back} onClick={onBack} className="-ms-2"><ArrowLeft aria-hidden size={22} className="rtl:-scale-x-100" /></IconButton>}
        <h1 ref={heading} tabIndex={-1} className="text-2xl outline-none font-semibold tracking-tight">{title}</h1>
      </div>
      {children}
    </section>
  );
}
