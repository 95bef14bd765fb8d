import { afterEach, expect, test } from 'vitest';
import { ApiClient } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import { Session } from '@/api/session';
import { type Answer, json, listen, memoryStorage } from '@/api/testServer';
import { stored } from '../storage';
import { type PendingSale, storedPendingSale } from './records';
import { submitSale, waitBefore } from './submit';
import { z } from '@/api/zod';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

const pending: PendingSale = {
  request: {
    id: '01890a5d-ac96-774b-bcce-b302099a8057', storeId: 's', tillId: 't', shiftId: 'h', lines: [{ productId: 'p', quantity: '2' }], coupons: [],
    expectedTotal: 500, tenders: [{ method: 'cash', amount: 500, tendered: 1000 }],
  },
  email: '',
};
const sale = { id: pending.request.id, number: 'A1-000007', status: 'completed', currency: 'NGN', total: 500, due: 500, change: 500 };
const quote = { currency: 'NGN', lines: [], net: 600, discount: 0, tax: 0, total: 600 };

async function attempt(answer: Answer) {
  const server = await listen((request, response) =>
    request.url === '/connect/token' ? json(response, 200, { access_token: 'a', refresh_token: 'r', expires_in: 600 }) : answer(request, response));
  closers.push(server.close);
  const session = new Session(server.url, memoryStorage());
  await session.signIn('c', 'p');
  const tab = memoryStorage();
  const store = stored<PendingSale>(() => tab, 'pending', z.any());
  return { api: new ApiClient(session), store };
}

test('the_sale_is_stored_before_it_is_sent_and_forgotten_once_recorded', async () => {
  const seen: { key: unknown; body: unknown; storedThen: unknown }[] = [];
  const { api, store } = await attempt((request, response) => {
    seen.push({ key: request.headers['idempotency-key'], body: JSON.parse(request.body), storedThen: store.load() });
    json(response, 201, sale);
  });
  expect(await submitSale(api, pending, store)).toMatchObject({ kind: 'recorded', sale: { number: 'A1-000007', change: 500 } });
  expect(seen).toEqual([{ key: pending.request.id, body: pending.request, storedThen: pending }]);
  expect(store.load()).toBeUndefined();
});

test('a_sale_whose_answer_was_lost_is_sent_again_with_the_same_id_and_body', async () => {
  const bodies: string[] = [];
  const { api, store } = await attempt((request, response) => {
    bodies.push(`${request.headers['idempotency-key']} ${request.body}`);
    if (bodies.length === 1) request.socket.destroy();
    else json(response, 201, sale);
  });
  expect(await submitSale(api, pending, store)).toMatchObject({ kind: 'uncertain', problem: { code: 'unreachable' } });
  const kept = store.load();
  expect(await submitSale(api, kept!, store)).toMatchObject({ kind: 'recorded' });
  expect(bodies[1]).toBe(bodies[0]);
});

test.each([[503, 'not_ready'], [500, 'boom'], [429, 'too_many'], [401, 'revoked']])(
  'an_answer_%i_%s_says_nothing_about_the_sale_and_keeps_it', async (status, code) => {
    const { api, store } = await attempt((_, response) => json(response, status, { code }));
    expect((await submitSale(api, pending, store)).kind).toBe('uncertain');
    expect(store.load()).toEqual(pending);
  },
);

test.each([[400, 'unreadable'], [403, 'forbidden'], [409, 'shift_not_open'], [400, 'tenders_do_not_pay']])(
  'an_answer_%i_%s_is_definite_and_forgets_it', async (status, code) => {
    const { api, store } = await attempt((_, response) => json(response, status, { code }));
    expect(await submitSale(api, pending, store)).toMatchObject({ kind: 'refused', problem: { status, code } });
    expect(store.load()).toBeUndefined();
  },
);

test('a_changed_price_brings_the_new_quote', async () => {
  const { api, store } = await attempt((_, response) => json(response, 409, { code: 'price_changed', quote }));
  expect(await submitSale(api, pending, store)).toMatchObject({ kind: 'priceChanged', quote: { total: 600 } });
  expect(store.load()).toBeUndefined();
});

test('attempts_slow_down_and_respect_retry_after', () => {
  const lost = new ApiProblem(0, 'unreachable');
  expect([1, 2, 3, 4, 5, 9].map((attempt) => waitBefore(attempt, lost))).toEqual([1, 2, 4, 8, 15, 15]);
  expect(waitBefore(1, new ApiProblem(429, 'too_many', undefined, undefined, 30))).toBe(30);
});

test('a_stored_sale_of_another_shape_counts_as_none', () => {
  const tab = memoryStorage();
  Object.assign(globalThis, { sessionStorage: tab });
  storedPendingSale.save(pending);
  expect(storedPendingSale.load()).toEqual(pending);
  tab.setItem('webwaka.pendingSale', JSON.stringify({ request: { ...pending.request, expectedTotal: 0.5 } }));
  expect(storedPendingSale.load()).toBeUndefined();
});
