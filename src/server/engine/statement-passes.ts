import {
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api';
import type { PassAsking } from '../../operators/evaluation/asking.ts';
import type { SemanticSettings } from '../../operators/evaluation/statement-scope.ts';
import { sqlErrorOfDuckDB } from '../statements/duckdb-error.ts';
import type { EngineStatement } from './engine-connection.ts';
import { isPivotOfData, preparePivot } from './prepare-pivot.ts';
import type { PreparedCache } from './prepared-cache.ts';
import type { StatementProbe } from './statement-probe.ts';
import type { WriteCount } from './write-count.ts';

const SCHEMA: ReadonlySet<StatementType> = new Set([
  StatementType.CREATE,
  StatementType.ALTER,
  StatementType.DROP,
  StatementType.MULTI,
]);

/** May bring functions of extensions into the database. */
const LOADING: ReadonlySet<StatementType> = new Set([
  StatementType.LOAD,
  StatementType.ATTACH,
  StatementType.PRAGMA,
  StatementType.CALL,
  StatementType.SET,
]);

/** What all passes of one statement share. */
export interface PassContext {
  readonly connection: DuckDBConnection;
  readonly probe: StatementProbe;
  readonly writes: WriteCount;
  readonly statement: EngineStatement;
  readonly parameters: readonly DuckDBValue[];
  readonly settings: SemanticSettings;
  readonly evaluation: PassAsking;
  /** The operators that the statement was bound to. */
  readonly bound: readonly string[];
  /** Whether all rows are to be counted, and so to be asked of the functions. */
  readonly countsRows: boolean;
  /** What DuckDB made of queries that are run again and again. */
  readonly prepared: PreparedCache;
}

/**
 * Runs a query of the statement once, with the answers at hand; it asks for those that it misses, or fails at the
 * first one where it is `strict`.
 */
export async function runPass(context: PassContext, sql: string, strict = false): Promise<DuckDBResult> {
  beginPass(context, strict);
  const prepared = await prepareSql(context.connection, sql);
  try {
    return await execute(prepared, context.statement, context.parameters, context.writes, false);
  } finally {
    prepared.destroySync();
  }
}

/**
 * The same for a query that comes again with its statement: what DuckDB made of it is kept. Not where it evaluated a
 * call while it planned, as it does where all arguments are constants: the answer of that day is in the plan.
 */
export async function runKeptPass(context: PassContext, sql: string): Promise<DuckDBResult> {
  if (context.parameters.length > 0) return runPass(context, sql);
  beginPass(context, false);
  const at = context.prepared.now;
  const prepared = context.prepared.take(sql) ?? (await prepareSql(context.connection, sql));
  const folded = context.probe.called;
  let kept = false;
  try {
    const result = await execute(prepared, context.statement, [], context.writes, false);
    kept = !folded && prepared.statementType === StatementType.SELECT;
    return result;
  } finally {
    if (kept) keep(context.prepared, sql, prepared, at);
    else prepared.destroySync();
  }
}

function keep(cache: PreparedCache, sql: string, prepared: DuckDBPreparedStatement, at: number): void {
  cache.planned(prepared, at);
  cache.put(sql, prepared);
}

function beginPass({ probe, evaluation }: PassContext, strict: boolean): void {
  probe.begin();
  probe.evaluation = evaluation;
  probe.strict = strict;
  evaluation.beginPass();
}

/** Whether DuckDB can make sense of the query. Nothing is asked. */
export async function isQuery(context: PassContext, sql: string): Promise<boolean> {
  context.probe.begin();
  try {
    (await context.connection.prepare(sql)).destroySync();
    return true;
  } catch {
    return false;
  }
}

/** `bound` tells the operators that a PIVOT's own statements were bound to. Throws SqlError. */
export async function prepareSql(
  connection: DuckDBConnection,
  sql: string,
  bound: ReadonlySet<string> = new Set(),
): Promise<DuckDBPreparedStatement> {
  try {
    return await connection.prepare(sql).catch((error: unknown) => {
      if (isPivotOfData(error)) return preparePivot(connection, sql, bound);
      throw error;
    });
  } catch (error) {
    throw sqlErrorOfDuckDB(error, sql);
  }
}

export async function execute(
  prepared: DuckDBPreparedStatement,
  { parameterTypes }: EngineStatement,
  parameters: readonly DuckDBValue[],
  writes: WriteCount,
  stream: boolean,
): Promise<DuckDBResult> {
  prepared.clearBindings();
  const used = parameters.slice(0, prepared.parameterCount);
  if (used.length > 0) {
    const types = parameterTypes?.slice(0, used.length);
    prepared.bind([...used], types as DuckDBType[] | undefined);
  }
  try {
    return stream ? await prepared.stream() : await prepared.run();
  } finally {
    if (prepared.statementType !== StatementType.SELECT) writes.add();
    if (SCHEMA.has(prepared.statementType)) writes.addSchema();
    if (LOADING.has(prepared.statementType)) writes.addLoad();
  }
}
