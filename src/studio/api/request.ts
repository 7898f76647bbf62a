import type { ErrorShape } from '../../server/http/schemas/error.ts';

/** What the server said is wrong. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly body: ErrorShape,
  ) {
    super(body.error);
  }
}

export type QueryValue = string | number | boolean | readonly string[] | undefined;

export function pathWith(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      if (one !== undefined && one !== '') search.append(name, String(one));
    }
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

/** Throws ApiError, or TypeError where the server cannot be reached. */
export async function getJson<Body>(path: string, signal?: AbortSignal): Promise<Body> {
  return bodyOf<Body>(await fetch(path, signal === undefined ? {} : { signal }));
}

export async function postJson<Body>(path: string, body: unknown, signal?: AbortSignal): Promise<Body> {
  return bodyOf<Body>(await post(path, body, signal));
}

/** The response of a POST whose answer is a stream. Throws ApiError. */
export async function postForStream(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
  const response = await post(path, body, signal);
  return response.ok ? response : bodyOf<never>(response);
}

function post(path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function bodyOf<Body>(response: Response): Promise<Body> {
  const body: unknown = await response.json();
  if (response.ok) return body as Body;
  throw new ApiError(response.status, body as ErrorShape);
}

export function messageOf(error: unknown): string {
  if (error instanceof TypeError) return 'The server cannot be reached.';
  if (error instanceof ApiError && error.body.hint !== undefined)
    return `${error.message} ${error.body.hint}`;
  return error instanceof Error ? error.message : String(error);
}
