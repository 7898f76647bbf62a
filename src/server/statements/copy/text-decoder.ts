import { SqlError } from '../../../errors.ts';
import { utf8 } from '../../wire/utf8.ts';
import type { CopyOptions } from './copy-options.ts';
import type { RawRow, RowDecoder } from './row-decoder.ts';

const NEWLINE = 10;
const BACKSLASH = 92;
const CONTROLS: Readonly<Record<string, string>> = Object.freeze({
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
});

/** COPY's text format: a line a row, backslash escapes, `\.` as the end. */
export class TextRowDecoder implements RowDecoder {
  #pending = Buffer.alloc(0);
  #line = 0;
  #ended = false;

  constructor(private readonly options: CopyOptions) {}

  push(bytes: Buffer): readonly RawRow[] {
    const rows: RawRow[] = [];
    const data = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    let start = 0;
    for (let end = lineEnd(data, start); end >= 0; end = lineEnd(data, start)) {
      this.#take(data.subarray(start, end), rows);
      start = end + 1;
    }
    this.#pending = Buffer.from(data.subarray(start));
    return rows;
  }

  finish(): readonly RawRow[] {
    const rows: RawRow[] = [];
    if (this.#pending.length > 0) this.#take(this.#pending, rows);
    this.#pending = Buffer.alloc(0);
    return rows;
  }

  #take(bytes: Buffer, rows: RawRow[]): void {
    if (this.#ended) return;
    this.#line += 1;
    const text = utf8(bytes).replace(/\r$/, '');
    if (text === '\\.') this.#ended = true;
    else if (this.#line > 1 || this.options.header === false) {
      rows.push({ line: this.#line, cells: this.#cells(text) });
    }
  }

  #cells(text: string): readonly (string | null)[] {
    const { delimiter, nullText } = this.options;
    const raw = text.includes('\\') ? splitEscaped(text, delimiter) : text.split(delimiter);
    return raw.map((cell) => (cell === nullText ? null : unescaped(cell)));
  }
}

/** A newline behind an odd number of backslashes is data. */
function lineEnd(data: Buffer, from: number): number {
  for (let end = data.indexOf(NEWLINE, from); end >= 0; end = data.indexOf(NEWLINE, end + 1)) {
    let backslashes = 0;
    while (end - backslashes > from && data[end - backslashes - 1] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

function splitEscaped(text: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === delimiter) {
      cells.push(text.slice(start, at));
      start = at + 1;
    }
  }
  cells.push(text.slice(start));
  return cells;
}

function unescaped(cell: string): string {
  if (!cell.includes('\\')) return cell;
  if (/\\(?:x[89a-f]|[23])/i.test(cell)) return unescapedBytes(cell);
  return cell.replace(/\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi, (_, hex, octal, other) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(String(hex), 16));
    if (octal !== undefined) return String.fromCharCode(parseInt(String(octal), 8) & 0xff);
    return CONTROLS[String(other)] ?? String(other);
  });
}

/** Escaped bytes above 127 are parts of UTF-8 characters. */
function unescapedBytes(cell: string): string {
  const parts = cell.split(/(\\(?:x[0-9a-f]{1,2}|[0-7]{1,3}|[\s\S]))/i).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part, 'utf8');
    const code = part[1] ?? '';
    if (code === 'x' && part.length > 2) return Buffer.from([parseInt(part.slice(2), 16)]);
    if (/[0-7]/.test(code)) return Buffer.from([parseInt(part.slice(1), 8) & 0xff]);
    return Buffer.from(CONTROLS[code] ?? code, 'utf8');
  });
  try {
    return utf8(Buffer.concat(parts));
  } catch (cause) {
    throw new SqlError('22021', 'invalid byte sequence for encoding "UTF8"', { cause });
  }
}
