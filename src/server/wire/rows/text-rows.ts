import { PassThrough } from 'node:stream';
import type { RowCursor } from '../../session/row-cursor.ts';
import type { TextStyle } from '../types/text-style.ts';
import type { TypedColumn } from '../types/typed-column.ts';
import { Output } from '../output.ts';
import { columnEncoderOf } from './column-encoder-of.ts';
import type { ColumnEncoder } from './column-encoder.ts';

export type TextRow = readonly (string | null)[];

const TEXT = 0;

/** Rows in the protocol's text form, for readers that are no Postgres client. */
export class TextRows {
  readonly #encoders: readonly ColumnEncoder[];
  /** Cells are written here and read back; nothing of it is sent. */
  readonly #cell = new Output(new PassThrough());

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
    this.#encoders.forEach((encoder, index) => encoder.load(chunk, index, chunk.rowCount));
    const rows = Array.from({ length: count }, (_, at) =>
      this.#encoders.map((encoder) => this.#text(encoder, row + at)),
    );
    this.cursor.advance(count);
    return rows;
  }

  #text(encoder: ColumnEncoder, row: number): string | null {
    const cell = this.#cell;
    cell.at = 0;
    encoder.write(cell, row);
    const length = cell.view.getInt32(0);
    return length < 0 ? null : cell.bytes.toString('utf8', 4, 4 + length);
  }
}
