import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { SqlError, messageOf } from '../../errors.ts';
import { BadRequest } from './bad-request.ts';

/** HTTP status by SQLSTATE, or by its class where the code itself is not listed. */
const STATUSES: Readonly<Record<string, ContentfulStatusCode>> = Object.freeze({
  '02000': 404,
  '3D000': 404,
  '42704': 404,
  '42501': 403,
  '57014': 409,
  '22': 400,
  '23': 409,
  '28': 401,
  '42': 400,
  '53': 503,
  '57': 503,
  '58': 503,
});

export function errorResponse(context: Context, error: unknown, warn: (message: string) => void): Response {
  if (!(error instanceof SqlError)) {
    warn(`${context.req.method} ${context.req.path}: ${messageOf(error)}`);
    return context.json({ error: 'the server failed; its log says how', code: 'XX000' }, 500);
  }
  const status = STATUSES[error.code] ?? STATUSES[error.code.slice(0, 2)] ?? 500;
  return context.json(errorBody(error), status);
}

/** What a client gets to see of an error. */
export function errorBody(error: SqlError) {
  return {
    error: error.message,
    code: error.code,
    ...(error instanceof BadRequest ? { field: error.field, reason: error.reason } : {}),
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.position === undefined ? {} : { position: error.position }),
  };
}
