import { useStrings } from '../preferences';
import { useShop } from '../shop';
import { Button } from '../ui/Button';
import { Panel } from '../ui/Panel';

interface Props {
  readonly was: number;
  readonly now: number;
  readonly onAccept: () => void;
  readonly onBack: () => void;
}

/** Nothing was sold. The customer is asked about the new total before the till takes it. */
export function PriceChanged({ was, now, onAccept, onBack }: Props) {
  const t = useStrings();
  const { money } = useShop();
  return (
    <Panel title={t.price.title}>
      <p role="alert" className="rounded-2xl bg-signal p-5 text-lg font-medium text-on-signal">{t.price.text(money(was), money(now))}</p>
      <Button kind="primary" size="large" onClick={onAccept} steady>{t.price.accept(money(now))}</Button>
      <Button size="large" onClick={onBack}>{t.price.back}</Button>
    </Panel>
  );
}
