import { ApiProblem, problemFrom, signedOut, unreachable } from './problem';
import { z } from './zod';

const answer = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.int().positive() });
const stored = z.object({ access: z.string(), refresh: z.string(), expiresAt: z.number() });
type Tokens = z.infer<typeof stored>;

export type SessionState = 'signedOut' | 'signedIn' | 'ended';

const storageKey = 'webwaka.session';
const marginMs = 60_000;
const timeoutMs = 15_000;

/** Who is signed in on this tab: tokens in memory and sessionStorage, refreshed a minute early, one refresh at a time. */
export class Session {
  #tokens: Tokens | undefined;
  #refresh: Promise<Tokens> | undefined;
  #state: SessionState;
  readonly #listeners = new Set<() => void>();

  constructor(readonly baseUrl: string, private readonly storage: Storage, private readonly now: () => number = Date.now) {
    this.#tokens = readTokens(storage);
    this.#state = this.#tokens ? 'signedIn' : 'signedOut';
  }

  get state(): SessionState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  async signIn(username: string, password: string): Promise<void> {
    this.#become(await this.#ask({ grant_type: 'password', client_id: 'till', username, password }), 'signedIn');
  }

  signOut(): void {
    this.#become(undefined, 'signedOut');
  }

  /** A token good for at least the margin. Throws `signed_out` when there is none to be had. */
  async accessToken(): Promise<string> {
    const tokens = this.#tokens;
    if (!tokens) throw signedOut();
    return tokens.expiresAt - this.now() > marginMs ? tokens.access : (await this.#refreshOnce(tokens)).access;
  }

  /** A server refused `rejected`: gives another token, refreshing unless somebody already has. */
  async replace(rejected: string): Promise<string> {
    const tokens = this.#tokens;
    if (!tokens) throw signedOut();
    return tokens.access === rejected ? (await this.#refreshOnce(tokens)).access : tokens.access;
  }

  // A refresh token works once and its reuse revokes the whole family, so callers share the one request in flight.
  #refreshOnce(tokens: Tokens): Promise<Tokens> {
    this.#refresh ??= this.#renew(tokens).finally(() => (this.#refresh = undefined));
    return this.#refresh;
  }

  async #renew(old: Tokens): Promise<Tokens> {
    try {
      const fresh = await this.#ask({ grant_type: 'refresh_token', client_id: 'till', refresh_token: old.refresh });
      if (this.#tokens !== old) throw signedOut();
      this.#become(fresh, 'signedIn');
      return fresh;
    } catch (error) {
      const refused = error instanceof ApiProblem && (error.status === 400 || error.status === 401);
      if (refused && this.#tokens === old) this.#become(undefined, 'ended');
      throw refused ? signedOut() : error;
    }
  }

  async #ask(form: Record<string, string>): Promise<Tokens> {
    const response = await fetch(`${this.baseUrl}/connect/token`, {
      method: 'POST', body: new URLSearchParams(form), signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => { throw unreachable(); });
    if (!response.ok) throw await problemFrom(response);
    const read = answer.safeParse(await response.json().catch(() => undefined));
    if (!read.success) throw new ApiProblem(response.status, 'unexpected_answer');
    return { access: read.data.access_token, refresh: read.data.refresh_token, expiresAt: this.now() + read.data.expires_in * 1000 };
  }

  #become(tokens: Tokens | undefined, state: SessionState): void {
    this.#tokens = tokens;
    this.#state = state;
    if (tokens) this.storage.setItem(storageKey, JSON.stringify(tokens));
    else this.storage.removeItem(storageKey);
    this.#listeners.forEach((listener) => listener());
  }
}

function readTokens(storage: Storage): Tokens | undefined {
  try {
    return stored.parse(JSON.parse(storage.getItem(storageKey) ?? ''));
  } catch {
    return undefined;
  }
}
