import { internalQueryPlan } from './internal-query.ts';
import type { SessionPlan } from './session-plan.ts';
import type { SourceStatement } from './source-statement.ts';

const SLEEP = /^\s*select\s+(?:pg_catalog\.)?pg_sleep\s*\(\s*'?(\d+(?:\.\d+)?)'?\s*\)\s*;?\s*$/i;

/** `SELECT pg_sleep(seconds)`: DuckDB has nothing that waits. null for any other statement. */
export function sleepPlan(source: SourceStatement): SessionPlan | null {
  const seconds = SLEEP.exec(source.text)?.[1];
  if (seconds === undefined) return null;
  const plan = internalQueryPlan(source.text, 'SELECT 1', () => "SELECT ''::VARCHAR AS pg_sleep");
  return Object.freeze({
    ...plan,
    async execute(session, parameters, run) {
      await wait(Number(seconds) * 1000, run.scope.signal);
      return plan.execute(session, parameters, run);
    },
  } satisfies SessionPlan);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
