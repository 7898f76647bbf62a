import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ByteSink } from '../../byte-sink.ts';

/** Writes one cell after another: for types whose cells have to be made before their length is known. */
export interface CellWriter {
  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void;
  /** Appends length and bytes, or -1 for NULL. */
  write(target: ByteSink, row: number): void;
}
