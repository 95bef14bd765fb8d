import { type FormEvent, useState } from 'react';
import { ApiProblem } from '@/api/problem';
import type { Session } from '@/api/session';
import { useStrings } from '../preferences';
import { Button } from '../ui/Button';
import { Doorway } from '../ui/Doorway';
import { Field } from '../ui/Field';
import { Hint, ProblemNotice } from '../ui/Notice';
import { useAction } from '../useLoad';

/** The tenant is the host's first label; before sign-in that is all that is known of the shop. */
const shopOfHost = () => window.location.hostname.split('.')[0] ?? '';

export function SignIn({ session, ended }: { readonly session: Session; readonly ended: boolean }) {
  const t = useStrings();
  const [shown, setShown] = useState(false);
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useAction();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('username') ?? '').trim();
    const password = String(form.get('password') ?? '');
    setMissing(!email || !password);
    if (email && password) void run(() => session.signIn(email, password));
  };

  return (
    <Doorway title={t.signIn.title}>
      <p className="-mt-3 text-muted">{t.signIn.shop}: <span className="font-medium text-ink">{shopOfHost()}</span></p>
      {ended && !problem && <Hint>{t.signIn.ended}</Hint>}
      {problem && <ProblemNotice problem={problem} />}
      {missing && <ProblemNotice problem={new ApiProblem(422, 'missing', t.signIn.missing)} />}
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label={t.signIn.email} name="username" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus required />
        <Field
          label={t.signIn.password} name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" required
          trailing={(
            <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)} className="min-h-11 px-3.5 text-sm font-medium text-accent">
              {shown ? t.signIn.hide : t.signIn.show}
            </button>
          )}
        />
        <Button type="submit" kind="primary" size="large" busy={busy}>{busy ? t.signIn.working : t.signIn.submit}</Button>
      </form>
    </Doorway>
  );
}
