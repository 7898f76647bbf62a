import type { Hono } from 'hono';

/** What has to work for statements to be answered; each rejects where it does not. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<unknown>>>;

const LONGEST_MS = 2_000;

/** `/healthz`: the process answers. `/readyz`: what it needs answers too; 503 and what does not, else. For probes: without an account. */
export function addHealth(app: Hono, checks: ReadinessChecks): void {
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await problemOf(check)] as const),
    );
    const ready = results.every(([, problem]) => problem === null);
    const state = Object.fromEntries(results.map(([name, problem]) => [name, problem ?? 'ok']));
    return context.json({ status: ready ? 'ok' : 'not ready', checks: state }, ready ? 200 : 503);
  });
}

/** In words that tell a stranger nothing: the server's log has the cause. */
async function problemOf(check: () => Promise<unknown>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${LONGEST_MS} ms`), LONGEST_MS);
  });
  const done = check().then(
    () => null,
    () => 'fails',
  );
  const problem = await Promise.race([done, late]);
  clearTimeout(timer);
  return problem;
}
