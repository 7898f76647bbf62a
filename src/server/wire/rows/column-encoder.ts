import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ByteSink } from '../byte-sink.ts';

/** Writes the cells of one column: length and bytes, or -1 for NULL. What `load` took is good until the next call. */
export interface ColumnEncoder {
  /** Takes the column's vector of a chunk. */
  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void;
  /** Adds the bytes of each row's cell to its size. */
  measure(sizes: Int32Array, rowCount: number): void;
  /** Writes the cells of rows `from`..`to` where `places` says, which it moves behind them. Room must be there. */
  write(target: ByteSink, places: Int32Array, from: number, to: number): void;
}
