import type { Store } from '../../../training/log/store.ts';
import type { CallGroup, Statement } from '../schemas/calls.ts';

export interface StatementFilter {
  readonly sessionId?: string | undefined;
  readonly statementId?: string | undefined;
  /** Found in the SQL, in any case. */
  readonly search?: string | undefined;
  readonly failed?: boolean | undefined;
  readonly days: number;
  readonly limit: number;
  readonly offset: number;
}

const CALL_SUMS = `count() AS calls, countIf(error IS NOT NULL) AS errors, sum(tokens_in) AS tokens_in,
  sum(tokens_out) AS tokens_out, sumOrNull(cost_usd) AS cost_usd, countIf(notEmpty(example_ids)) AS taught`;

/**
 * Statements, newest first. Their calls tell of those that were not recorded themselves: ones still running, and
 * what the log held before statements were recorded.
 */
export async function readStatements(
  store: Store,
  filter: StatementFilter,
): Promise<{ readonly statements: Statement[]; readonly total: number }> {
  const parameters = {
    session: filter.sessionId ?? '',
    statement: filter.statementId ?? '',
    search: filter.search ?? '',
    days: filter.days,
  };
  const rows = await store.query<Statement & { readonly total: number }>(
    'studio',
    statementsSql(filter),
    parameters,
  );
  return { statements: rows.map(statementOf), total: rows[0]?.total ?? 0 };
}

function statementOf({ total, ...row }: Statement & { readonly total: number }): Statement {
  void total;
  return { ...row, recorded: Boolean(row.recorded) };
}

function statementsSql(filter: StatementFilter): string {
  const own = ownCondition(filter);
  return `
    WITH
      logged AS (
        SELECT statement_id, any(session_id) AS session, min(timestamp) AS first, max(timestamp) AS last,
               any(caller) AS called_by, argMin(cascade_id, timestamp) AS first_cascade, ${CALL_SUMS}
        FROM rvbbit.unified_logs
        WHERE timestamp > now() - toIntervalDay({days:UInt32}) AND ${own}
        GROUP BY statement_id
      ),
      recorded AS (
        SELECT * FROM rvbbit.sql_statements
        WHERE started_at > now() - toIntervalDay({days:UInt32}) AND ${own}
      ),
      joined AS (
        SELECT if(s.statement_id = '', c.statement_id, s.statement_id) AS statement_id,
               if(s.statement_id = '', c.session, s.session_id) AS session_id,
               if(s.statement_id = '', c.first, s.started_at) AS started,
               if(s.statement_id = '', toString(c.called_by), toString(s.caller)) AS caller,
               s.statement_id != '' AS recorded, toString(s.database) AS database, toString(s.user_name) AS user_name,
               s.sql AS sql, toString(c.first_cascade) AS cascade_id, s.rows AS rows, s.from_memory AS from_memory, s.from_log AS from_log,
               s.from_model AS from_model, s.from_proxy AS from_proxy, s.from_human AS from_human,
               if(s.statement_id = '', dateDiff('millisecond', c.first, c.last), s.duration_ms) AS duration_ms,
               s.error AS error, c.calls AS calls, c.errors AS errors, c.tokens_in AS tokens_in,
               c.tokens_out AS tokens_out, c.cost_usd AS cost_usd, c.taught AS taught
        FROM logged AS c FULL OUTER JOIN recorded AS s ON c.statement_id = s.statement_id
      )
    SELECT * EXCEPT started, toString(started) AS started_at, count() OVER () AS total
    FROM joined WHERE ${joinedCondition(filter)}
    ORDER BY started DESC, statement_id LIMIT ${filter.limit} OFFSET ${filter.offset}
    SETTINGS join_use_nulls = 0`;
}

function ownCondition({ sessionId, statementId }: StatementFilter): string {
  const conditions = ["statement_id != ''"];
  if (sessionId !== undefined) conditions.push('session_id = {session:String}');
  if (statementId !== undefined) conditions.push('statement_id = {statement:String}');
  return conditions.join(' AND ');
}

function joinedCondition({ search, failed }: StatementFilter): string {
  const conditions = ['1'];
  if (search !== undefined) conditions.push('positionCaseInsensitiveUTF8(sql, {search:String}) > 0');
  if (failed !== undefined) conditions.push(`(errors > 0 OR error IS NOT NULL) = ${failed}`);
  return conditions.join(' AND ');
}

/** What the calls of a session, or of one statement, were for. */
export async function readCallGroups(
  store: Store,
  by: 'session_id' | 'statement_id',
  id: string,
  operatorOf: (cascadeId: string) => string | null,
): Promise<CallGroup[]> {
  const rows = await store.query<Omit<CallGroup, 'operator'>>(
    'studio',
    `SELECT statement_id, cascade_id, cell_name, ${CALL_SUMS} FROM rvbbit.unified_logs
     WHERE ${by} = {id:String} GROUP BY statement_id, cascade_id, cell_name
     ORDER BY statement_id, min(timestamp), cascade_id, cell_name`,
    { id },
  );
  return rows.map((row) => ({ ...row, operator: operatorOf(row.cascade_id) }));
}
