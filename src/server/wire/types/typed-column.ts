import type { DuckDBType } from '@duckdb/node-api';
import type { ColumnType } from './column-type.ts';

/** A column of a result: as DuckDB has it and as the client sees it. */
export interface TypedColumn {
  readonly name: string;
  readonly duckType: DuckDBType;
  readonly type: ColumnType;
}
