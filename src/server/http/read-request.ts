import type { Context } from 'hono';
import type { z } from 'zod';
import { BadRequest } from './bad-request.ts';

/** What a request may say, part by part. */
export interface RequestSchemas<Params, Query, Body> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
}

/** A request whose path, query and body have been checked. */
export interface CheckedRequest<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** Throws BadRequest naming the first field that is wrong. */
export async function readRequest<Params, Query, Body>(
  context: Context,
  { params, query, body }: RequestSchemas<Params, Query, Body>,
): Promise<CheckedRequest<Params, Query, Body>> {
  return {
    params: checked(params, context.req.param()),
    query: checked(query, singles(context.req.queries())),
    body: checked(body, body === undefined ? undefined : await readJson(context)),
    signal: context.req.raw.signal,
  };
}

/** A parameter given once is a text, one given several times a list. */
function singles(queries: Readonly<Record<string, string[]>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(queries).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

async function readJson(context: Context): Promise<unknown> {
  const type = context.req.header('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) {
    throw new BadRequest('body', 'must be sent with the header content-type: application/json');
  }
  try {
    return await context.req.json();
  } catch {
    throw new BadRequest('body', 'is no JSON');
  }
}

/** What a route does not declare, its handler does not see. */
function checked<Value>(schema: z.ZodType<Value> | undefined, value: unknown): Value {
  if (schema === undefined) return undefined as Value;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new BadRequest('request', 'is not valid');
  if (issue.code === 'unrecognized_keys') throw new BadRequest(issue.keys[0] ?? 'request', 'is not known');
  throw new BadRequest(issue.path.join('.') || 'request', issue.message);
}
