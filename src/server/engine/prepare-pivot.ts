import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';

const SEVERAL = /Cannot prepare multiple statements at once/;

/** Whether DuckDB makes several statements of one: a PIVOT whose columns are what its data holds. */
export function isPivotOfData(error: unknown): boolean {
  return error instanceof Error && SEVERAL.test(error.message);
}

/**
 * Runs what comes before the pivot itself, which keeps the distinct values of its columns as a temporary type, and
 * prepares the pivot. Throws SqlError 0A000 where those values are a model's: they are not known yet.
 */
export async function preparePivot(
  connection: DuckDBConnection,
  sql: string,
  bound: ReadonlySet<string>,
): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  const last = statements.count - 1;
  for (let at = 0; at < last; at += 1) {
    const before = await statements.prepare(at);
    try {
      if (bound.size > 0) throw unknownValues();
      await before.run();
    } finally {
      before.destroySync();
    }
  }
  return statements.prepare(last);
}

function unknownValues(): SqlError {
  return new SqlError('0A000', 'the columns of a PIVOT over a semantic operator must be named', {
    hint: "PIVOT … ON column IN ('a', 'b'), or CREATE TABLE AS the operator's answers first.",
  });
}
