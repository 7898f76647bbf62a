import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { RowCursor } from '../../session/row-cursor.ts';
import { ByteSink } from '../byte-sink.ts';
import type { TextStyle } from '../types/text-style.ts';
import type { TypedColumn } from '../types/typed-column.ts';
import { columnEncoderOf } from './column-encoder-of.ts';
import type { ColumnEncoder } from './column-encoder.ts';

export type TextRow = readonly (string | null)[];

const TEXT = 0;
const SCRATCH = 1024;

/** Rows in the protocol's text form, for readers that are no Postgres client. */
export class TextRows {
  readonly #encoders: readonly ColumnEncoder[];
  /** Cells are written here and read back. */
  readonly #cells = new ByteSink(SCRATCH);
  #chunk: DuckDBDataChunk | null = null;

  constructor(
    private readonly cursor: RowCursor,
    columns: readonly TypedColumn[],
    style: TextStyle,
  ) {
    this.#encoders = columns.map(({ duckType, type }) => columnEncoderOf(duckType, type, TEXT, style));
  }

  /** The next rows, at most `most`; none at the end. */
  async next(most: number): Promise<readonly TextRow[]> {
    const next = await this.cursor.peek();
    if (next === null) return [];
    const { chunk, row } = next;
    const count = Math.min(most, chunk.rowCount - row);
    if (chunk !== this.#chunk) this.#load(chunk);
    const columns = this.#encoders.map((encoder) => this.#texts(encoder, chunk.rowCount, row, count));
    this.cursor.advance(count);
    return Array.from({ length: count }, (_, at) => columns.map((texts) => texts[at] ?? null));
  }

  #load(chunk: DuckDBDataChunk): void {
    this.#encoders.forEach((encoder, index) => encoder.load(chunk, index, chunk.rowCount));
    this.#chunk = chunk;
  }

  #texts(encoder: ColumnEncoder, rowCount: number, from: number, count: number): readonly (string | null)[] {
    const cells = this.#cells;
    const sizes = new Int32Array(rowCount);
    encoder.measure(sizes, rowCount);
    const places = new Int32Array(rowCount);
    let bytes = 0;
    for (let row = from; row < from + count; row += 1) {
      places[row] = bytes;
      bytes += sizes[row] as number;
    }
    cells.at = 0;
    cells.ensure(bytes);
    const starts = places.slice(from, from + count);
    encoder.write(cells, places, from, from + count);
    return Array.from(starts, (start) => {
      const length = cells.view.getInt32(start);
      return length < 0 ? null : cells.bytes.toString('utf8', start + 4, start + 4 + length);
    });
  }
}
