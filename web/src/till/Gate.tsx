import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { ApiClient } from '@/api/client';
import { getMe, type Me } from '@/api/identity';
import { Session } from '@/api/session';
import { useStrings } from './preferences';
import { ShiftGate } from './shift/ShiftGate';
import { SignIn } from './sign-in/SignIn';
import { ChooseStation } from './station/ChooseStation';
import { type Station, stationOf } from './station/station';
import { Doorway } from './ui/Doorway';
import { Busy, ProblemNotice } from './ui/Notice';
import { Button } from './ui/Button';
import { useLoad } from './useLoad';

/** From the door to the drawer: signed in, then the person, then the store and till, then the shift. */
export function Gate() {
  const api = useMemo(() => new ApiClient(new Session('', sessionStorage)), []);
  const state = useSyncExternalStore(api.session.subscribe, () => api.session.state);
  if (state !== 'signedIn') return <SignIn session={api.session} ended={state === 'ended'} />;
  return <Person api={api} />;
}

function Person({ api }: { readonly api: ApiClient }) {
  const t = useStrings();
  const me = useLoad(useCallback((signal: AbortSignal) => getMe(api, signal), [api]));
  if (me.state === 'ready') return <Place api={api} me={me.value} />;
  return (
    <Doorway title={t.signIn.title}>
      {me.state === 'loading' ? <Busy text={t.app.loading} /> : (
        <>
          <ProblemNotice problem={me.problem} onRetry={me.reload} />
          <Button onClick={() => api.session.signOut()}>{t.menu.signOut}</Button>
        </>
      )}
    </Doorway>
  );
}

function Place({ api, me }: { readonly api: ApiClient; readonly me: Me }) {
  const [station, setStation] = useState(() => stationOf(me.tenant.slug).load());
  const choose = (chosen: Station | undefined) => {
    const remembered = stationOf(me.tenant.slug);
    if (chosen) remembered.save(chosen);
    else remembered.clear();
    setStation(chosen);
  };
  if (!station) return <ChooseStation api={api} me={me} onChoose={choose} />;
  return <ShiftGate key={station.till.id} api={api} me={me} station={station} onLeave={() => choose(undefined)} />;
}
