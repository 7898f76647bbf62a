import type { Execution } from './plan.ts';
import { queryPlan } from './query.ts';
import type { SessionPlan } from './session-plan.ts';
import type { Session } from '../session/session.ts';
import type { SourceStatement } from './source-statement.ts';

const LOCKING = /\bpg_advisory_(xact_)?lock(_shared)?\s*\(/i;

/** A query that takes an advisory lock waits for it; null for any other statement. */
export async function lockPlan(source: SourceStatement, session: Session): Promise<SessionPlan | null> {
  if (!LOCKING.test(source.text) || !/^\s*select\b/i.test(source.text)) return null;
  const plan = await queryPlan(source, 'select', session);
  return Object.freeze({
    ...plan,
    replay: 'skip',
    execute: (current, parameters, run) =>
      current.locks.waiting(() => begun(plan.execute(current, parameters, run)), discard, run.scope.signal),
  } satisfies SessionPlan);
}

/** The first rows are computed: whoever reads them has the locks. */
async function begun(starting: Promise<Execution>): Promise<Execution> {
  const execution = await starting;
  if (execution.kind === 'rows') await execution.cursor.peek();
  return execution;
}

async function discard(execution: Execution): Promise<void> {
  if (execution.kind === 'rows') await execution.cursor.close();
}
