import type { Notice, Tone } from './useNotice';

const looks: Readonly<Record<Tone, string>> = {
  quiet: 'sr-only',
  good: 'rounded-full bg-ink px-5 py-3 font-medium text-canvas shadow-card',
  bad: 'rounded-full bg-danger px-5 py-3 font-medium text-canvas shadow-card',
};

/** Below the header, where it covers neither the total nor the button to pay. */
export function Toast({ notice }: { readonly notice: Notice | undefined }) {
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-16 z-10 grid justify-items-center px-4">
      {notice && <p className={looks[notice.tone]}>{notice.text}</p>}
    </div>
  );
}
