import type { DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api';
import type { RowCursor } from '../../session/row-cursor.ts';
import { copyDone } from '../../wire/backend/encode-backend.ts';
import type { FormatCode } from '../../wire/frontend/frontend-message.ts';
import type { Output } from '../../wire/output.ts';
import { writeBytes, writeInt32, writeNull } from '../../wire/rows/write-cell.ts';
import type { ColumnType } from '../../wire/types/column-type.ts';
import type { TypedColumn } from '../../wire/types/typed-column.ts';
import type { TextStyle } from '../../wire/types/text-style.ts';
import type { CopyOutFlow } from '../plan.ts';
import type { CopyOptions } from './copy-options.ts';
import { rowText } from './row-text.ts';

const COPY_DATA = 'd'.charCodeAt(0);
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);

/** Rows on their way to a client that copies them out. */
export class CopyOut implements CopyOutFlow {
  readonly #types: readonly ColumnType[];
  readonly #forced: readonly boolean[];

  constructor(
    private readonly cursor: RowCursor,
    private readonly columns: readonly TypedColumn[],
    private readonly options: CopyOptions,
    private readonly style: TextStyle,
  ) {
    this.#types = columns.map(({ type }) => type);
    const names = new Set(options.forceQuote);
    this.#forced = columns.map(({ name }) => names.has('*') || names.has(name));
  }

  get columnCount(): number {
    return this.#types.length;
  }

  get format(): FormatCode {
    return this.options.format === 'binary' ? 1 : 0;
  }

  /** Sends everything up to CopyDone; gives how many rows. */
  async send(output: Output): Promise<number> {
    this.#sendHead(output);
    for (let next = await this.cursor.peek(); next !== null; next = await this.cursor.peek()) {
      const { rowCount } = next.chunk;
      await this.#sendRows(output, next.chunk, next.row);
      this.cursor.advance(rowCount - next.row);
    }
    if (this.format === 1) sendData(output, TRAILER);
    output.send(copyDone());
    return this.cursor.position;
  }

  async close(): Promise<void> {
    await this.cursor.close();
  }

  async #sendRows(output: Output, chunk: DuckDBDataChunk, from: number): Promise<void> {
    const vectors = this.#types.map((_, index) => chunk.getColumnVector(index));
    for (let row = from; row < chunk.rowCount; row += 1) {
      if (this.format === 1) this.#sendTuple(output, vectors, row);
      else sendData(output, Buffer.from(`${this.#line(vectors, row)}\n`, 'utf8'));
      if (output.full) await output.flush();
    }
  }

  #sendHead(output: Output): void {
    if (this.format === 1) sendData(output, SIGNATURE);
    else if (this.options.header !== false) {
      const names = this.columns.map(({ name }) => name);
      sendData(output, Buffer.from(`${rowText(names, this.options, [])}\n`, 'utf8'));
    }
  }

  #line(vectors: readonly DuckDBVector[], row: number): string {
    const cells = vectors.map((vector, index) => {
      const value = vector.getItem(row);
      return value === null ? null : (this.#types[index]?.codec.text(value, this.style) ?? null);
    });
    return rowText(cells, this.options, this.#forced);
  }

  #sendTuple(output: Output, vectors: readonly DuckDBVector[], row: number): void {
    output.ensure(7);
    const start = output.at;
    output.bytes[start] = COPY_DATA;
    output.view.setInt16(start + 5, vectors.length);
    output.at = start + 7;
    vectors.forEach((vector, index) => {
      const value = vector.getItem(row);
      const codec = this.#types[index]?.codec;
      if (value === null || codec === undefined) writeNull(output);
      else writeBytes(output, codec.binary(value, this.style));
    });
    const end = output.at;
    output.at = start + 1;
    writeInt32(output, end - start - 1);
    output.at = end;
  }
}

function sendData(output: Output, bytes: Uint8Array): void {
  output.ensure(5 + bytes.length);
  output.bytes[output.at] = COPY_DATA;
  output.at += 1;
  writeInt32(output, bytes.length + 4);
  output.bytes.set(bytes, output.at);
  output.at += bytes.length;
}
