import type { EngineStatement } from '../engine/engine-connection.ts';
import { RowCursor } from '../session/row-cursor.ts';
import type { Session } from '../session/session.ts';
import { typedColumns } from './typed-columns.ts';
import { describeStatement } from './describe-statement.ts';
import { type SessionPlan } from './session-plan.ts';

/** A plan whose rows come from a query of ours, in DuckDB's own SQL, made anew each time. */
export function internalQueryPlan(
  sql: string,
  tag: string,
  queryOf: (session: Session) => string,
): SessionPlan {
  return Object.freeze({
    sql,
    role: 'work',
    replay: 'skip',
    describe: (session) => describeStatement(session.connection, queryOf(session)),
    async execute(session, _parameters, run) {
      const statement: EngineStatement = { sql: queryOf(session), selectForms: [], changesData: false };
      const rows = await session.connection.run(statement, [], run.scope);
      const columns = typedColumns(rows.columns, null);
      return {
        kind: 'rows',
        cursor: new RowCursor(rows),
        columns,
        limit: Infinity,
        tag: () => tag,
        owned: true,
      };
    },
  } satisfies SessionPlan);
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
