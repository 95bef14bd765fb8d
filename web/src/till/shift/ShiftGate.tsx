import { useCallback, useState } from 'react';
import type { ApiClient } from '@/api/client';
import type { Me } from '@/api/identity';
import { currentShift, type Shift } from '@/api/shifts';
import { useStrings } from '../preferences';
import { Sell } from '../sell/Sell';
import { ShopProvider } from '../shop';
import type { Station } from '../station/station';
import { Button } from '../ui/Button';
import { Doorway } from '../ui/Doorway';
import { Busy, ProblemNotice } from '../ui/Notice';
import { useLoad } from '../useLoad';
import { OpenShift } from './OpenShift';

interface Props {
  readonly api: ApiClient;
  readonly me: Me;
  readonly station: Station;
  readonly onLeave: () => void;
}

/** Nothing is sold without an open shift: the one the till already has, else a new one. */
export function ShiftGate({ api, me, station, onLeave }: Props) {
  const t = useStrings();
  const found = useLoad(useCallback((signal: AbortSignal) => currentShift(api, station.till.id, signal), [api, station.till.id]));
  const [opened, setOpened] = useState<Shift>();
  const shift = opened ?? (found.state === 'ready' ? found.value : undefined);

  if (shift) {
    return (
      <ShopProvider till={{ api, me, station, shift }}>
        <Sell onLeave={onLeave} onShiftEnded={() => { setOpened(undefined); found.reload(); }} />
      </ShopProvider>
    );
  }
  return (
    <Doorway title={found.state === 'ready' ? t.shift.open : `${station.store.name} · ${station.till.name}`} shop={me.tenant.name}>
      {found.state === 'loading' && <Busy text={t.app.loading} />}
      {found.state === 'failed' && <ProblemNotice problem={found.problem} onRetry={found.reload} />}
      {found.state === 'ready' && <OpenShift api={api} me={me} station={station} onOpen={setOpened} />}
      <div className="flex flex-wrap justify-center gap-2">
        <Button kind="quiet" onClick={onLeave}>{t.menu.changeTill}</Button>
        <Button kind="quiet" onClick={() => api.session.signOut()}>{t.menu.signOut}</Button>
      </div>
    </Doorway>
  );
}
