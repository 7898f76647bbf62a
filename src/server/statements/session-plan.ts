import type { Session } from '../session/session.ts';
import type { StatementRun } from '../session/statement-run.ts';
import type { BoundParameters } from './bound-parameters.ts';
import { type Execution, NO_SHAPE, type Plan } from './plan.ts';
import type { SourceStatement } from './source-statement.ts';

export type SessionPlan = Plan<Session>;

/** Makes the plan of a statement inside of another. */
export type PrepareStatement = (source: SourceStatement, session: Session) => Promise<SessionPlan>;

/** A plan that gives no rows and takes no parameters; `execute` gives the command's tag. */
export function commandPlan(
  sql: string,
  role: SessionPlan['role'],
  execute: (session: Session, run: StatementRun) => Promise<string>,
  replay: SessionPlan['replay'] = 'skip',
): SessionPlan {
  return Object.freeze({
    sql,
    role,
    replay,
    describe: async () => NO_SHAPE,
    execute: async (
      session: Session,
      _parameters: BoundParameters,
      run: StatementRun,
    ): Promise<Execution> => ({
      kind: 'done',
      tag: await execute(session, run),
    }),
  });
}
