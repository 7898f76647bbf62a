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
}

/**
 * Runs a query of the statement once, with the answers at hand; it asks for those that it misses, or fails at the
 * first one where it is `strict`. Planned afresh: DuckDB folds calls with constant arguments into the plan.
 */
export async function runPass(context: PassContext, sql: string, strict = false): Promise<DuckDBResult> {
  const { probe, evaluation, statement, parameters, writes } = context;
  probe.begin();
  probe.evaluation = evaluation;
  probe.strict = strict;
  evaluation.beginPass();
  const prepared = await prepareSql(context.connection, sql);
  try {
    return await execute(prepared, statement, parameters, writes, false);
  } finally {
    prepared.destroySync();
  }
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
