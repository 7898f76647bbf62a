import type { Context } from 'hono';
import type { z } from 'zod';
import { SqlError } from '../../errors.ts';
import type { Role } from '../access/role.ts';
import { type Identity, identityOf } from './identity.ts';
import type { RouteParts } from './http-parts.ts';
import { type CheckedRequest, readRequest, type RequestSchemas } from './read-request.ts';

/** A checked request and who it comes from. */
export interface IdentifiedRequest<Params, Query, Body> extends CheckedRequest<Params, Query, Body> {
  readonly identity: Identity;
}

export interface RouteDefinition<Params, Query, Body, Answer> extends RequestSchemas<Params, Query, Body> {
  readonly method: 'GET' | 'POST';
  /** With `:name` for a parameter. */
  readonly path: string;
  readonly summary: string;
  /** Changes what the server keeps: no read-only role may do it. */
  readonly writes?: boolean;
  readonly answer: z.ZodType<Answer>;
  /** application/json where left out. */
  readonly contentType?: string;
  handle(request: IdentifiedRequest<Params, Query, Body>, parts: RouteParts): Promise<Answer | Response>;
}

/** A route as the app mounts it and the OpenAPI document describes it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly schemas: {
    readonly params: z.ZodType | undefined;
    readonly query: z.ZodType | undefined;
    readonly body: z.ZodType | undefined;
    readonly answer: z.ZodType;
  };
  readonly contentType: string;
  respond(context: Context, parts: RouteParts): Promise<Response>;
}

export function defineRoute<Params, Query, Body, Answer>(
  definition: RouteDefinition<Params, Query, Body, Answer>,
): Route {
  const { method, path, summary, params, query, body, answer } = definition;
  return Object.freeze({
    method,
    path,
    summary,
    schemas: { params, query, body, answer },
    contentType: definition.contentType ?? 'application/json',
    async respond(context: Context, parts: RouteParts) {
      const identity = identityOf(context);
      if (definition.writes === true) requireWriting(identity());
      const request = { ...(await readRequest(context, definition)), identity };
      const result = await definition.handle(request, parts);
      return result instanceof Response ? result : context.json(result);
    },
  });
}

function requireWriting({ name, readOnly }: Role): void {
  if (!readOnly) return;
  throw new SqlError('42501', `permission denied: role "${name}" may only read`);
}
