import {
  type DuckDBPreparedStatement,
  type DuckDBType,
  DuckDBTypeId,
  StatementType,
  VARCHAR,
} from '@duckdb/node-api';
import type { ResultColumn, StatementDescription } from './engine-connection.ts';

/** What DuckDB reports where it cannot infer a type. */
const UNKNOWN: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.INVALID,
  DuckDBTypeId.ANY,
  DuckDBTypeId.SQLNULL,
]);

const COUNTING: ReadonlySet<StatementType> = new Set([
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.MERGE_INTO,
]);

const ROWS: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.EXPLAIN,
  StatementType.CALL,
  StatementType.PRAGMA,
  StatementType.EXECUTE,
  StatementType.RELATION,
]);

export function describePrepared(prepared: DuckDBPreparedStatement, sql: string): StatementDescription {
  const columns = columnsOf(prepared);
  const counts = COUNTING.has(prepared.statementType);
  const returnsRows = counts ? /\breturning\b/i.test(sql) : ROWS.has(prepared.statementType);
  return Object.freeze({
    parameters: Object.freeze(
      Array.from({ length: prepared.parameterCount }, (_, at) =>
        UNKNOWN.has(prepared.parameterTypeId(at + 1)) ? undefined : prepared.parameterType(at + 1),
      ),
    ),
    columns: returnsRows ? columns : Object.freeze([]),
    returnsRows,
    unplanned: isUnplanned(prepared),
  });
}

/** One column of that name and of no type stands for columns that are not known yet. */
function isUnplanned(prepared: DuckDBPreparedStatement): boolean {
  return (
    prepared.columnCount === 1 &&
    prepared.columnName(0) === 'unknown' &&
    prepared.columnTypeId(0) === DuckDBTypeId.INVALID
  );
}

function columnsOf(prepared: DuckDBPreparedStatement): readonly ResultColumn[] {
  return Object.freeze(
    Array.from({ length: prepared.columnCount }, (_, at) =>
      Object.freeze({ name: prepared.columnName(at), type: columnType(prepared, at) }),
    ),
  );
}

/** The type of a column hangs on a parameter's whose type nothing tells: then it is text until values are bound. */
function columnType(prepared: DuckDBPreparedStatement, at: number): DuckDBType {
  return prepared.columnTypeId(at) === DuckDBTypeId.INVALID ? VARCHAR : prepared.columnType(at);
}
