import { SqlError } from '../../errors.ts';
import { splitStatements } from '../../operators/lexer/split-statements.ts';
import { statementKind, type StatementKind } from '../../operators/lexer/statement-kind.ts';
import type { Session } from '../session/session.ts';
import { markingStatement } from '../tables/marking-statement.ts';
import { askDataPlan } from './ask-data.ts';
import { cascadeStatement } from './cascade-statement.ts';
import { copyPlan } from './copy/copy-plan.ts';
import { closePlan, declarePlan, fetchPlan } from './cursor.ts';
import { discardPlan } from './discard.ts';
import { explainPlan } from './explain.ts';
import { lockPlan } from './lock-plan.ts';
import { listenPlan, notifyPlan, unlistenPlan } from './listen.ts';
import { deallocatePlan, executePlan, preparePlan } from './prepared.ts';
import { queryPlan } from './query.ts';
import { resetPlan, setPlan } from './set.ts';
import { roleStatement } from './roles/role-statement.ts';
import { showPlan } from './show.ts';
import { sleepPlan } from './sleep.ts';
import type { SourceStatement } from './source-statement.ts';
import { releasePlan, rollbackToPlan, savepointPlan } from './savepoint.ts';
import { beginPlan, commitPlan, rollbackPlan } from './transaction.ts';
import { type Execution, NO_SHAPE } from './plan.ts';
import { type SessionPlan, type PrepareStatement } from './session-plan.ts';

type PlanFamily = (
  source: SourceStatement,
  session: Session,
  prepare: PrepareStatement,
) => SessionPlan | Promise<SessionPlan>;

/** Kinds that the session answers itself; the others go to DuckDB. */
const FAMILIES: Partial<Record<StatementKind, PlanFamily>> = Object.freeze({
  begin: beginPlan,
  commit: commitPlan,
  rollback: rollbackPlan,
  rollback_to: rollbackToPlan,
  savepoint: savepointPlan,
  release: releasePlan,
  set: setPlan,
  reset: resetPlan,
  show: showPlan,
  explain: explainPlan,
  prepare: preparePlan,
  execute: executePlan,
  deallocate: deallocatePlan,
  declare: declarePlan,
  fetch: fetchPlan,
  move: fetchPlan,
  close: closePlan,
  copy_to: copyPlan,
  copy_from: copyPlan,
  listen: listenPlan,
  unlisten: unlistenPlan,
  notify: notifyPlan,
  discard: discardPlan,
});

const ENDS: ReadonlySet<StatementKind> = new Set<StatementKind>([
  'commit',
  'rollback',
  'rollback_to',
  'begin',
  'empty',
]);

/** Whether a statement is heard in a failed transaction. */
export function endsTransaction(source: SourceStatement): boolean {
  const kind = statementKind(source.text);
  return ENDS.has(kind);
}

/** The statements of a text, in order; none for a text of space and comments. */
export function sourceStatements(sql: string): readonly SourceStatement[] {
  return splitStatements(sql);
}

/** The plan of one statement. Throws SqlError. */
export async function prepareStatement(source: SourceStatement, session: Session): Promise<SessionPlan> {
  const sleep = sleepPlan(source);
  if (sleep !== null) return sleep;
  const locking = await lockPlan(source, session);
  if (locking !== null) return locking;
  const marking = markingStatement(source.text);
  if (marking !== null) return queryPlan({ ...source, text: marking }, 'insert', session);
  const cascades = cascadeStatement(source.text);
  if (cascades !== null) return queryPlan({ ...source, text: cascades }, 'select', session);
  const roles = roleStatement(source);
  if (roles !== null) {
    if (session.role.readOnly) session.guard.requireKind('ALTER', 'alter');
    return roles;
  }
  const kind = statementKind(source.text);
  session.guard.requireKind(source.text, kind);
  const asked = askDataPlan(source, queryPlan);
  if (asked !== null) return asked;
  const family = FAMILIES[kind];
  return family === undefined ? queryPlan(source, kind, session) : family(source, session, prepareStatement);
}

/** The plan of a text that may hold one statement at most. Throws SqlError 42601 on more. */
export async function prepareSingle(sql: string, session: Session): Promise<SessionPlan> {
  const [source, ...others] = sourceStatements(sql);
  if (others.length > 0)
    throw new SqlError('42601', 'cannot insert multiple commands into a prepared statement');
  return source === undefined ? EMPTY_PLAN : prepareStatement(source, session);
}

const EMPTY_PLAN: SessionPlan = Object.freeze({
  sql: '',
  role: 'control',
  replay: 'skip',
  describe: async () => NO_SHAPE,
  execute: async (): Promise<Execution> => ({ kind: 'empty' }),
} satisfies SessionPlan);
