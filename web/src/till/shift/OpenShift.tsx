import { type FormEvent, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { ApiClient } from '@/api/client';
import type { Me } from '@/api/identity';
import { ApiProblem } from '@/api/problem';
import { currentShift, openShift, type Shift } from '@/api/shifts';
import { useStrings } from '../preferences';
import { useTenantMoney } from '../shop';
import type { Station } from '../station/station';
import { Button } from '../ui/Button';
import { MoneyField } from '../ui/Field';
import { ProblemNotice } from '../ui/Notice';
import { useAction } from '../useLoad';

interface Props {
  readonly api: ApiClient;
  readonly me: Me;
  readonly station: Station;
  readonly onOpen: (shift: Shift) => void;
}

export function OpenShift({ api, me, station, onOpen }: Props) {
  const t = useStrings();
  const { parse } = useTenantMoney(me);
  const [typed, setTyped] = useState('0');
  const [invalid, setInvalid] = useState(false);
  const { busy, problem, run } = useAction();
  // The same float sent again opens the same shift; another float is another request.
  const attempt = useRef<{ float: number; id: string }>(undefined);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const float = parse(typed);
    setInvalid(float === undefined);
    if (float === undefined) return;
    if (attempt.current?.float !== float) attempt.current = { float, id: uuid() };
    const { id } = attempt.current;
    void run(async () => onOpen(await openOrJoin(api, id, station.till.id, float)));
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <p className="text-muted">{station.store.name} · {station.till.name}. {t.shift.explain}</p>
      {problem && <ProblemNotice problem={problem} />}
      <MoneyField
        label={`${t.shift.float} (${me.tenant.currency})`} value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus
        onFocus={(event) => event.target.select()} error={invalid ? t.shift.invalid : undefined}
      />
      <Button type="submit" kind="primary" size="large" busy={busy}>{t.shift.submit}</Button>
    </form>
  );
}

/** Somebody else may have opened the till in the meantime: then that shift is the one to work in. */
async function openOrJoin(api: ApiClient, id: string, tillId: string, float: number): Promise<Shift> {
  try {
    return await openShift(api, id, tillId, float);
  } catch (error) {
    const other = error instanceof ApiProblem && error.status === 409 ? await currentShift(api, tillId) : undefined;
    if (other) return other;
    throw error;
  }
}
