import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { FormatCode } from '../frontend/frontend-message.ts';
import type { Output } from '../output.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { RawVector } from './raw-vector.ts';
import { writeInt32, writeInteger, writeNull, writeText } from './write-cell.ts';

type Read = (view: DataView, row: number) => number;

/** Values that a number holds exactly; `read` takes one from the vector's little-endian memory. */
class NumberColumn implements ColumnEncoder {
  #vector: RawVector | null = null;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(
    readonly bytesPerValue: number,
    readonly read: Read,
    readonly writeValue: (output: Output, value: number) => void,
  ) {}

  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void {
    this.#vector = new RawVector(chunk, index, rowCount, this.bytesPerValue);
    const { buffer, byteOffset, byteLength } = this.#vector.data;
    this.#view = new DataView(buffer, byteOffset, byteLength);
  }

  write(output: Output, row: number): void {
    if (this.#vector === null || this.#vector.isNull(row)) writeNull(output);
    else this.writeValue(output, this.read(this.#view, row));
  }
}

const READS = Object.freeze({
  1: (view, row) => view.getInt8(row),
  2: (view, row) => view.getInt16(row * 2, true),
  4: (view, row) => view.getInt32(row * 4, true),
} satisfies Record<number, Read>);

/** Signed integers of DuckDB, sent with `wireBytes` bytes where the format is binary. */
export function integerColumn(bytes: 1 | 2 | 4, wireBytes: 2 | 4, format: FormatCode): ColumnEncoder {
  const writeBinary = wireBytes === 2 ? writeInt2 : writeInt4;
  return new NumberColumn(bytes, READS[bytes], format === 0 ? writeInteger : writeBinary);
}

export function booleanColumn(format: FormatCode): ColumnEncoder {
  const [no, yes] = format === 0 ? [0x66, 0x74] : [0, 1];
  return new NumberColumn(1, READS[1], (output, value) => writeByte(output, value === 0 ? no : yes));
}

export function floatColumn(
  bytes: 4 | 8,
  format: FormatCode,
  textOf: (value: number) => string,
): ColumnEncoder {
  const read: Read =
    bytes === 4
      ? (view, row) => view.getFloat32(row * 4, true)
      : (view, row) => view.getFloat64(row * 8, true);
  const writeBinary = bytes === 4 ? writeFloat4 : writeFloat8;
  return new NumberColumn(
    bytes,
    read,
    format === 0 ? (output, value) => writeText(output, textOf(value)) : writeBinary,
  );
}

function writeByte(output: Output, value: number): void {
  output.ensure(5);
  writeInt32(output, 1);
  output.bytes[output.at] = value;
  output.at += 1;
}

function writeInt2(output: Output, value: number): void {
  output.ensure(6);
  writeInt32(output, 2);
  output.view.setInt16(output.at, value);
  output.at += 2;
}

function writeInt4(output: Output, value: number): void {
  output.ensure(8);
  writeInt32(output, 4);
  writeInt32(output, value);
}

function writeFloat4(output: Output, value: number): void {
  output.ensure(8);
  writeInt32(output, 4);
  output.view.setFloat32(output.at, value);
  output.at += 4;
}

function writeFloat8(output: Output, value: number): void {
  output.ensure(12);
  writeInt32(output, 8);
  output.view.setFloat64(output.at, value);
  output.at += 8;
}
