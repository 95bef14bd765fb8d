import { useCallback, useState } from 'react';
import type { ApiClient } from '@/api/client';
import { listStores, listTills, type Me, type Store } from '@/api/identity';
import { useStrings } from '../preferences';
import { Button } from '../ui/Button';
import { Doorway } from '../ui/Doorway';
import { Busy, Hint, ProblemNotice } from '../ui/Notice';
import { useLoad } from '../useLoad';
import type { Station } from './station';

interface Props {
  readonly api: ApiClient;
  readonly me: Me;
  readonly onChoose: (station: Station) => void;
}

export function ChooseStation({ api, me, onChoose }: Props) {
  const t = useStrings();
  const stores = useLoad(useCallback((signal: AbortSignal) => listStores(api, signal), [api]));
  const [picked, setPicked] = useState<Store>();
  const list = stores.state === 'ready' ? stores.value : [];
  const store = picked ?? list[0];
  return (
    <Doorway title={t.station.title} shop={me.tenant.name}>
      {stores.state === 'loading' && <Busy text={t.app.loading} />}
      {stores.state === 'failed' && <ProblemNotice problem={stores.problem} onRetry={stores.reload} />}
      {stores.state === 'ready' && !store && <Hint>{t.station.noStores}</Hint>}
      {list.length > 1 && <Choices legend={t.station.store} options={list} value={store?.id} onChange={setPicked} focused />}
      {store && list.length === 1 && <p className="text-muted">{t.station.store}: <span className="font-medium text-ink">{store.name}</span></p>}
      {store && <Tills key={store.id} api={api} store={store} only={list.length === 1} onChoose={onChoose} />}
      <Button kind="quiet" onClick={() => api.session.signOut()}>{t.menu.signOut}</Button>
    </Doorway>
  );
}

interface TillsProps {
  readonly api: ApiClient;
  readonly store: Store;
  /** Whether there is no other store to choose, so that the till is the first question. */
  readonly only: boolean;
  readonly onChoose: Props['onChoose'];
}

function Tills({ api, store, only, onChoose }: TillsProps) {
  const t = useStrings();
  const tills = useLoad(useCallback((signal: AbortSignal) => listTills(api, store.id, signal), [api, store.id]));
  const [picked, setPicked] = useState<{ readonly id: string; readonly name: string }>();
  if (tills.state === 'loading') return <Busy text={t.app.loading} />;
  if (tills.state === 'failed') return <ProblemNotice problem={tills.problem} onRetry={tills.reload} />;
  const till = picked ?? tills.value[0];
  if (!till) return <Hint>{t.station.noTills}</Hint>;
  return (
    <form onSubmit={(event) => { event.preventDefault(); onChoose({ store, till }); }} className="grid gap-5">
      <Choices legend={t.station.till} options={tills.value} value={till.id} onChange={setPicked} focused={only} />
      <Button type="submit" kind="primary" size="large">{t.station.use}</Button>
    </form>
  );
}

interface ChoicesProps<T> {
  readonly legend: string;
  readonly options: readonly T[];
  readonly value: string | undefined;
  readonly onChange: (option: T) => void;
  /** Takes the focus as it appears: this page is reached by a key press. */
  readonly focused?: boolean;
}

function Choices<T extends { readonly id: string; readonly code: string; readonly name: string }>({ legend, options, value, onChange, focused = false }: ChoicesProps<T>) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.id}
          className="flex min-h-12 cursor-pointer items-center gap-3 rounded-xl border border-edge px-4 has-checked:border-accent has-checked:bg-accent-soft
            has-focus-visible:outline-3 has-focus-visible:outline-accent"
        >
          <input type="radio" name={legend} checked={option.id === value} onChange={() => onChange(option)} autoFocus={focused && option.id === value} className="size-4 accent-accent" />
          <span className="flex-1 font-medium">{option.name}</span>
          <span className="text-sm text-muted">{option.code}</span>
        </label>
      ))}
    </fieldset>
  );
}
