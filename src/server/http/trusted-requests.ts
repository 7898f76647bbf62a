import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';

/**
 * Refuses what a page of another site can make a browser send. A name that is not ours in `Host` is DNS rebinding;
 * an `Origin` that is not the addressed host, or `Sec-Fetch-Site: cross-site`, is a request of another site.
 * Programs that send neither header are let through: they are no browsers.
 */
/** Among the names: any address is ours. Rebinding needs a name of DNS. */
export const ANY_ADDRESS = '<address>';

export function trustedRequests(hostNames: readonly string[]): MiddlewareHandler {
  const known = new Set(hostNames.map((name) => name.toLowerCase().replace(/^\[|\]$/g, '')));
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    const name = nameOf(host);
    if (!known.has(name) && !(known.has(ANY_ADDRESS) && isIP(name) !== 0)) {
      return refuse(context, `the server is not called "${nameOf(host)}"`, 'Use the address it printed.');
    }
    if (isForeign(context.req.header('origin'), context.req.header('sec-fetch-site'), host)) {
      return refuse(context, 'the request comes from a page of another site');
    }
    return next();
  };
}

function isForeign(origin: string | undefined, site: string | undefined, host: string): boolean {
  if (origin !== undefined) return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
  return site === 'cross-site';
}

/** `[::1]:5050` → `::1`, `localhost:5050` → `localhost`. */
function nameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host);
  return (bracketed?.[1] ?? host.split(':', 1)[0] ?? '').toLowerCase();
}

function refuse(context: Parameters<MiddlewareHandler>[0], error: string, hint?: string): Response {
  return context.json({ error, code: '28000', ...(hint === undefined ? {} : { hint }) }, 403);
}
