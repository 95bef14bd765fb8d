import { afterEach, expect, test } from 'vitest';
import { ApiClient } from './client';
import { isAbort } from './problem';
import { Session } from './session';
import { type Answer, json, listen, memoryStorage } from './testServer';
import { minor, z } from './zod';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A signed-in client; `answer` sees every call but those for tokens. */
async function clientAgainst(answer: Answer) {
  let issued = 0;
  const server = await listen((request, response) => {
    if (request.url !== '/connect/token') return answer(request, response);
    issued += 1;
    return json(response, 200, { access_token: `a${issued}`, refresh_token: `r${issued}`, expires_in: 600 });
  });
  closers.push(server.close);
  const session = new Session(server.url, memoryStorage());
  await session.signIn('c', 'p');
  return new ApiClient(session);
}

const body = z.object({ total: minor });

test('sends_token_key_query_and_body', async () => {
  const api = await clientAgainst((request, response) => {
    expect(request.headers.authorization).toBe('Bearer a1');
    expect(request.headers['idempotency-key']).toBe('k1');
    expect(request.url).toBe('/api/sales?a=1+2');
    expect(JSON.parse(request.body)).toEqual({ id: 'k1' });
    json(response, 201, { total: 5, more: 'ignored' });
  });
  const sent = api.json('/api/sales', body, { method: 'POST', body: { id: 'k1' }, idempotencyKey: 'k1', query: { a: '1 2', b: undefined } });
  expect(await sent).toEqual({ total: 5 });
});

test('a_problem_keeps_status_code_detail_and_members', async () => {
  const api = await clientAgainst((_, response) =>
    json(response, 409, { title: 'Price changed', code: 'price_changed', detail: 'Now 10', quote: { total: 10 } }));
  await expect(api.json('/x', body)).rejects.toMatchObject({
    status: 409, code: 'price_changed', detail: 'Now 10', body: { quote: { total: 10 } }, isUncertain: false,
  });
});

test('an_answer_that_is_no_problem_document_is_named_by_its_status', async () => {
  const api = await clientAgainst((_, response) => {
    response.writeHead(502, { 'content-type': 'text/html', 'retry-after': '7' });
    response.end('<h1>Bad gateway</h1>');
  });
  await expect(api.json('/x', body)).rejects.toMatchObject({ status: 502, code: 'status_502', retryAfterSeconds: 7, isUncertain: true });
});

test('a_broken_connection_is_unreachable_and_uncertain', async () => {
  const api = await clientAgainst((request) => void request.socket.destroy());
  await expect(api.json('/x', body)).rejects.toMatchObject({ status: 0, code: 'unreachable', isUncertain: true });
});

test.each([['{"total":0.5}'], ['{"total":9007199254740993}'], ['{}'], ['not json']])('refuses_%s_as_an_amount', async (text) => {
  const api = await clientAgainst((_, response) => response.end(text));
  await expect(api.json('/x', body)).rejects.toMatchObject({ code: 'unexpected_answer', isUncertain: true });
});

test('a_rejected_token_is_replaced_once_and_the_call_repeated', async () => {
  const seen: (string | undefined)[] = [];
  const api = await clientAgainst((request, response) => {
    seen.push(request.headers.authorization);
    if (request.headers.authorization === 'Bearer a1') return json(response, 401, {});
    return json(response, 200, { total: 1 });
  });
  expect(await api.json('/x', body)).toEqual({ total: 1 });
  expect(seen).toEqual(['Bearer a1', 'Bearer a2']);
});

test('a_call_refused_with_two_tokens_is_not_tried_a_third_time', async () => {
  let calls = 0;
  const api = await clientAgainst((_, response) => { calls += 1; json(response, 401, { code: 'revoked' }); });
  await expect(api.json('/x', body)).rejects.toMatchObject({ status: 401, code: 'revoked' });
  expect(calls).toBe(2);
});

test('the_callers_abort_is_an_abort_and_no_problem', async () => {
  const api = await clientAgainst(() => undefined);
  const abort = new AbortController();
  const call = api.json('/x', body, { signal: abort.signal });
  setTimeout(() => abort.abort(), 30);
  await expect(call).rejects.toSatisfy(isAbort);
});
