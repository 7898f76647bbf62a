import type { DuckDBType } from '@duckdb/node-api';
import { type EngineConnection } from '../engine/engine-connection.ts';
import type { PlanShape } from './plan.ts';

/** What DuckDB tells of a statement without running it. */
export async function describeStatement(connection: EngineConnection, sql: string): Promise<PlanShape> {
  const { parameters, columns, returnsRows } = await connection.describe(sql);
  const types: readonly (DuckDBType | undefined)[] = parameters;
  return Object.freeze({ parameters: types, columns: returnsRows ? columns : null });
}
