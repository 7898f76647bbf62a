import type { OutputColumn } from '../dialect/columns/output-columns.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import type { PlanShape } from './plan.ts';
import { typedColumns } from './typed-columns.ts';

/** What DuckDB tells of a statement without running it. */
export async function describeStatement(
  connection: EngineConnection,
  sql: string,
  known: readonly OutputColumn[] | null = null,
): Promise<PlanShape> {
  const { parameters, columns, returnsRows } = await connection.describe(sql);
  return Object.freeze({ parameters, columns: returnsRows ? typedColumns(columns, known) : null });
}
