import { afterEach, expect, test } from 'vitest';
import { ApiProblem } from './problem';
import { Session } from './session';
import { type Answer, json, listen, memoryStorage } from './testServer';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function sessionAgainst(answer: Answer, storage = memoryStorage()) {
  const server = await listen(answer);
  closers.push(server.close);
  const clock = { ms: 0 };
  return { session: new Session(server.url, storage, () => clock.ms), clock, storage, url: server.url };
}

/** Issues tokens a1/r1, a2/r2, ... and records what was asked; a refresh takes a moment, as over a network. */
function issuer(refuseRefresh?: number) {
  const asked: URLSearchParams[] = [];
  const answer: Answer = (request, response) => {
    const form = new URLSearchParams(request.body);
    asked.push(form);
    const n = asked.length;
    if (form.get('grant_type') === 'refresh_token' && refuseRefresh) return json(response, refuseRefresh, { error: 'invalid_grant' });
    setTimeout(() => json(response, 200, { access_token: `a${n}`, refresh_token: `r${n}`, expires_in: 600, token_type: 'Bearer' }), 20);
  };
  return { asked, answer };
}

test('signing_in_sends_a_form_and_keeps_the_tokens', async () => {
  const { asked, answer } = issuer();
  const { session, storage, url } = await sessionAgainst(answer);
  await session.signIn('cashier@demo.test', 'secret &=');
  expect(Object.fromEntries(asked[0]!)).toMatchObject({
    grant_type: 'password', client_id: 'till', username: 'cashier@demo.test', password: 'secret &=',
  });
  expect(session.state).toBe('signedIn');
  expect(await new Session(url, storage, () => 0).accessToken()).toBe('a1');
});

test('a_token_is_refreshed_before_it_expires_and_not_sooner', async () => {
  const { asked, answer } = issuer();
  const { session, clock } = await sessionAgainst(answer);
  await session.signIn('c', 'p');
  clock.ms = 500_000;
  expect(await session.accessToken()).toBe('a1');
  clock.ms = 545_000;
  expect(await session.accessToken()).toBe('a2');
  expect(asked.map((form) => form.get('refresh_token'))).toEqual([null, 'r1']);
});

test('callers_at_once_share_one_refresh', async () => {
  const { asked, answer } = issuer();
  const { session, clock } = await sessionAgainst(answer);
  await session.signIn('c', 'p');
  clock.ms = 599_000;
  const tokens = await Promise.all([session.accessToken(), session.accessToken(), session.replace('a1'), session.accessToken()]);
  expect(tokens).toEqual(['a2', 'a2', 'a2', 'a2']);
  expect(asked).toHaveLength(2);
});

test('a_token_rejected_after_another_call_renewed_it_costs_no_refresh', async () => {
  const { asked, answer } = issuer();
  const { session } = await sessionAgainst(answer);
  await session.signIn('c', 'p');
  expect(await session.replace('a1')).toBe('a2');
  expect(await session.replace('a1')).toBe('a2');
  expect(asked).toHaveLength(2);
});

test('a_refused_refresh_ends_the_session', async () => {
  const { session, clock, storage } = await sessionAgainst(issuer(400).answer);
  await session.signIn('c', 'p');
  clock.ms = 600_000;
  await expect(session.accessToken()).rejects.toMatchObject({ code: 'signed_out' });
  expect(session.state).toBe('ended');
  expect(storage.length).toBe(0);
});

test('a_refresh_the_server_could_not_do_keeps_the_session', async () => {
  const { session, clock } = await sessionAgainst(issuer(503).answer);
  await session.signIn('c', 'p');
  clock.ms = 600_000;
  await expect(session.accessToken()).rejects.toMatchObject({ status: 503 });
  expect(session.state).toBe('signedIn');
});

test('signing_out_during_a_refresh_stays_signed_out', async () => {
  const { session, clock, storage } = await sessionAgainst(issuer().answer);
  await session.signIn('c', 'p');
  clock.ms = 600_000;
  const waiting = session.accessToken();
  session.signOut();
  await expect(waiting).rejects.toBeInstanceOf(ApiProblem);
  expect(session.state).toBe('signedOut');
  expect(storage.length).toBe(0);
});

test('a_wrong_password_is_named_by_its_code', async () => {
  const { session } = await sessionAgainst((_, response) => json(response, 400, { error: 'invalid_grant', code: 'wrong_credentials' }));
  await expect(session.signIn('c', 'wrong')).rejects.toMatchObject({ status: 400, code: 'wrong_credentials' });
});

test('damaged_storage_means_signed_out', async () => {
  const storage = memoryStorage();
  storage.setItem('webwaka.session', '{"access":1}');
  const { session } = await sessionAgainst(issuer().answer, storage);
  expect(session.state).toBe('signedOut');
});
