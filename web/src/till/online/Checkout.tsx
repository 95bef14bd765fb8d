import { ExternalLink } from 'lucide-react';
import { useCallback } from 'react';
import { startCheckout } from '@/api/payments';
import { useStrings } from '../preferences';
import type { AwaitingSale } from '../sale/records';
import { useShop } from '../shop';
import { Busy, ProblemNotice } from '../ui/Notice';
import { useLoad } from '../useLoad';
import { QrCode } from './QrCode';

interface Props {
  readonly payment: AwaitingSale['payments'][number];
  readonly email: string;
}

/** One online payment: started once however often this is shown, for its key is stored with the sale. */
export function Checkout({ payment, email }: Props) {
  const t = useStrings();
  const { api, money } = useShop();
  const { ticket, key, amount } = payment;
  const started = useLoad(useCallback(() => startCheckout(api, ticket, email || undefined, key), [api, ticket, email, key]));
  if (started.state === 'loading') return <Busy text={t.online.starting} />;
  if (started.state === 'failed') return <ProblemNotice problem={started.problem} onRetry={started.reload} />;
  const { authorizationUrl, reference } = started.value;
  return (
    <div className="grid items-center gap-5 rounded-2xl border border-line bg-surface p-5 sm:grid-cols-[16rem_1fr]">
      {authorizationUrl && <QrCode text={authorizationUrl} label={t.online.link} />}
      <div className="grid gap-3">
        <p className="amount text-4xl font-bold tracking-tight">{money(amount)}</p>
        <p>{t.online.scan}</p>
        {authorizationUrl && (
          <a
            href={authorizationUrl} target="_blank" rel="noopener noreferrer"
            className="inline-flex min-h-11 items-center gap-2 justify-self-start rounded-xl border border-edge px-4 font-medium hover:bg-sunken"
          >
            {t.online.open}<ExternalLink aria-hidden size={18} />
          </a>
        )}
        {reference && <p className="text-sm break-all text-muted">{reference}</p>}
      </div>
    </div>
  );
}
