import { type DuckDBPreparedStatement, type DuckDBType, DuckDBTypeId, StatementType } from '@duckdb/node-api';
import type { ResultColumn, StatementDescription } from './engine-connection.ts';

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
        knownType(() => prepared.parameterType(at + 1)),
      ),
    ),
    columns: returnsRows ? columns : Object.freeze([]),
    returnsRows,
  });
}

function columnsOf(prepared: DuckDBPreparedStatement): readonly ResultColumn[] {
  return Object.freeze(
    Array.from({ length: prepared.columnCount }, (_, at) =>
      Object.freeze({ name: prepared.columnName(at), type: prepared.columnType(at) }),
    ),
  );
}

/** DuckDB reports what it cannot infer as INVALID, UNKNOWN or ANY. */
function knownType(read: () => DuckDBType): DuckDBType | undefined {
  const type = read();
  const unknown = [DuckDBTypeId.INVALID, DuckDBTypeId.ANY, DuckDBTypeId.SQLNULL];
  return unknown.includes(type.typeId) ? undefined : type;
}
