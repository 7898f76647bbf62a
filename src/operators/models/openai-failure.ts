import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { messageOf } from '../../errors.ts';
import { ModelFailure } from './model-failure.ts';
import { retryAfterMs } from './retry-after.ts';

/**
 * What the client threw, as a failed attempt. An error that is none of an endpoint's doing is returned as it is.
 * Endpoints have been seen to repeat the key in their complaint: it is struck out.
 */
export function openaiFailure(error: unknown, nowMs: number, apiKey: string | null): unknown {
  if (error instanceof ModelFailure) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new ModelFailure('timeout', 'timed out', { cause: error });
  if (error instanceof APIConnectionError) {
    return new ModelFailure('connection', rootMessage(error), { cause: error });
  }
  if (error instanceof APIError && error.status !== undefined) return statusFailure(error, nowMs, apiKey);
  if (error instanceof SyntaxError) {
    return new ModelFailure('malformed', `answered broken JSON (${error.message})`, { cause: error });
  }
  if (error instanceof TypeError && error.message === 'terminated') {
    return new ModelFailure('connection', `connection lost in mid-answer (${rootMessage(error)})`, {
      cause: error,
    });
  }
  return error;
}

function statusFailure(error: APIError, nowMs: number, apiKey: string | null): ModelFailure {
  const after = retryAfterMs(error.headers, nowMs);
  return new ModelFailure('status', withoutKey(statusMessage(error), apiKey), {
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(typeof error.code === 'string' ? { reason: error.code } : {}),
    ...(typeof error.param === 'string' ? { param: error.param } : {}),
    ...(after === undefined ? {} : { retryAfterMs: after }),
  });
}

function withoutKey(text: string, apiKey: string | null): string {
  return apiKey === null ? text : text.replaceAll(apiKey, '[key]');
}

/** `503: the endpoint's words`, without markup, at most 300 characters. */
function statusMessage(error: APIError): string {
  const text = error.message
    .replace(/^\d{3} /, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${error.status}: ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}

/** The message of the innermost cause that has one: `connect ECONNREFUSED 127.0.0.1:9` rather than `fetch failed`. */
function rootMessage(error: unknown): string {
  let message = '';
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code;
    const text = at.message === '' ? (code ?? '') : at.message;
    if (text !== '') message = text;
    if (at instanceof AggregateError && at.message === '') message = messageOf(at.errors[0]);
  }
  return message;
}
