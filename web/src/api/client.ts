import { ApiProblem, problemFrom, unreachable } from './problem';
import type { Session } from './session';
import type { z } from './zod';

export interface Call {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Required by the server on every POST that moves money or stock; the same key is answered as the first time. */
  readonly idempotencyKey?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}

const timeoutMs = 20_000;

/** Calls the tenant's API with the session's token. Every failure is an ApiProblem, or an AbortError when `signal` fired. */
export class ApiClient {
  constructor(readonly session: Session) {}

  /** Sends and validates the JSON answer; one that does not fit its schema is a problem, never data. */
  async json<T extends z.ZodType>(path: string, schema: T, call: Call = {}): Promise<z.infer<T>> {
    const response = await this.send(path, call);
    const body: unknown = await this.#read(() => response.json(), call.signal);
    const read = schema.safeParse(body);
    if (!read.success) throw new ApiProblem(response.status, 'unexpected_answer', read.error.message, body);
    return read.data;
  }

  text = async (path: string, call: Call = {}): Promise<string> => {
    const response = await this.send(path, { accept: 'text/plain', ...call });
    return this.#read(() => response.text(), call.signal);
  };

  blob = async (path: string, call: Call = {}): Promise<Blob> => {
    const response = await this.send(path, call);
    return this.#read(() => response.blob(), call.signal);
  };

  /** The successful response. A 401 is tried once more with a new token, for tokens can be revoked before they expire. */
  async send(path: string, call: Call): Promise<Response> {
    const token = await this.session.accessToken();
    let response = await this.#fetch(path, call, token);
    if (response.status === 401) response = await this.#fetch(path, call, await this.session.replace(token));
    if (!response.ok) throw await problemFrom(response);
    return response;
  }

  async #fetch(path: string, call: Call, token: string): Promise<Response> {
    const headers = new Headers({ Accept: call.accept ?? 'application/json', Authorization: `Bearer ${token}` });
    if (call.idempotencyKey) headers.set('Idempotency-Key', call.idempotencyKey);
    if (call.body !== undefined) headers.set('Content-Type', 'application/json');
    const timeout = AbortSignal.timeout(timeoutMs);
    const init: RequestInit = { method: call.method ?? 'GET', headers, signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout };
    if (call.body !== undefined) init.body = JSON.stringify(call.body);
    return this.#read(() => fetch(this.session.baseUrl + path + search(call.query), init), call.signal);
  }

  // Only the caller's own abort is an abort; a timeout or a broken connection is a server that could not be reached.
  async #read<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw new DOMException('The call was cancelled.', 'AbortError');
      if (error instanceof SyntaxError) throw new ApiProblem(0, 'unexpected_answer', error.message);
      throw unreachable();
    }
  }
}

function search(query: Call['query'] = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length ? `?${new URLSearchParams(given)}` : '';
}
