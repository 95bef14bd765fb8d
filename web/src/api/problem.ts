import { z } from './zod';

const problemBody = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  code: z.string().optional(),
  traceId: z.string().optional(),
});

// The token endpoint speaks OAuth (RFC 6749), not problem details.
const oauthBody = z.looseObject({ error: z.string(), code: z.string().optional() });

/** Every way a call can fail, with the server's stable code. `status` is 0 when no answer came. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail?: string,
    readonly body?: unknown,
    readonly retryAfterSeconds?: number,
  ) {
    super(detail ?? code);
    this.name = 'ApiProblem';
  }

  /** Nobody knows whether the request took effect: the same request, with the same id, must be sent again. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status >= 500 || [401, 408, 425, 429].includes(this.status)
      || /in_flight|unexpected_answer/.test(this.code);
  }
}

/** Turns an unsuccessful response into a problem; a body that is none still gives one, by its status. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const wait = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  const retryAfter = Number.isNaN(wait) ? undefined : wait;
  const oauth = oauthBody.safeParse(body);
  if (oauth.success) return new ApiProblem(response.status, oauth.data.code ?? oauth.data.error, undefined, body, retryAfter);
  const problem = problemBody.safeParse(body);
  const { code, detail, title } = problem.success ? problem.data : {};
  return new ApiProblem(response.status, code ?? `status_${response.status}`, detail ?? title, body, retryAfter);
}

export const unreachable = () => new ApiProblem(0, 'unreachable');
export const signedOut = () => new ApiProblem(401, 'signed_out');
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem(0, 'unexpected', error instanceof Error ? error.message : undefined);

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
