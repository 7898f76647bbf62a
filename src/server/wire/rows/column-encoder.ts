import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Output } from '../output.ts';

/** Writes the cells of one column: length and bytes, or -1 for NULL. */
export interface ColumnEncoder {
  /** Takes the column's vector of a chunk; what it took is good until the next call. */
  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void;
  write(output: Output, row: number): void;
}
