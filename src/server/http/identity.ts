import type { Context, MiddlewareHandler } from 'hono';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type AccessControl, LOCAL_USER } from '../access/access-control.ts';
import type { CurrentRole } from '../access/current-role.ts';
import { administrator } from '../access/role.ts';

/** Who a request comes from. */
export type Identity = CurrentRole;

/** What each wrong password costs its sender. */
const REFUSAL_MS = 300;
const KEY = 'identity';

/** Lets requests through that come from an account; a browser is told to ask for name and password. */
export function identified(access: Pick<AccessControl, 'identify'> | null): MiddlewareHandler {
  return async (context, next) => {
    const identity = access === null ? localUser() : await identify(context, access);
    if (identity === null) return unauthorized(context);
    context.set(KEY, identity);
    return next();
  };
}

export function identityOf(context: Context): Identity {
  return context.get(KEY) as Identity;
}

function localUser(): Identity {
  const role = administrator(LOCAL_USER);
  return () => role;
}

async function identify(context: Context, access: Pick<AccessControl, 'identify'>): Promise<Identity | null> {
  const socket = socketOf(context);
  const secure = socket instanceof TLSSocket ? socket : null;
  const caller = {
    database: null,
    address: socket?.remoteAddress ?? null,
    encrypted: secure !== null,
    certificateName: null,
  };
  const header = context.req.header('authorization');
  const identity = await access.identify(caller, credentialsOf(header));
  if (identity === null && header !== undefined) await sleep(REFUSAL_MS);
  return identity;
}

type Credentials = Parameters<AccessControl['identify']>[1];

function credentialsOf(header: string | undefined): Credentials {
  const [, scheme = '', value = ''] = /^(Basic|Bearer) +(\S+) *$/i.exec(header ?? '') ?? [];
  if (scheme === '') return null;
  if (scheme.toLowerCase() === 'bearer') return { token: value };
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** The server of Node hands its request over as a binding. */
function socketOf(context: Context): Socket | null {
  const bindings = context.env as { readonly incoming?: { readonly socket?: Socket } } | undefined;
  return bindings?.incoming?.socket ?? null;
}

function unauthorized(context: Context): Response {
  return context.json(
    { error: 'name and password, or a token, are needed', code: '28000', hint: 'See docs/security.md.' },
    401,
    { 'www-authenticate': 'Basic realm="rvbbit", charset="UTF-8"' },
  );
}
