import { TextDecoder } from 'node:util';
import { SqlError } from '../../../errors.ts';
import type { CopyOptions } from './copy-options.ts';
import type { RawRow, RowDecoder } from './row-decoder.ts';

/** COPY's CSV: quoted cells may hold newlines; an unquoted NULL text is NULL. */
export class CsvRowDecoder implements RowDecoder {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #cells: (string | null)[] = [];
  #cell = '';
  #quoted = false;
  #inQuotes = false;
  /** A character that may begin a doubled quote or an escape waits for the next one. */
  #held = '';
  #line = 1;
  #afterReturn = false;
  #ended = false;

  constructor(
    private readonly options: CopyOptions,
    private readonly columns: readonly string[],
  ) {}

  push(bytes: Buffer): readonly RawRow[] {
    const rows: RawRow[] = [];
    for (const character of this.#decode(bytes)) this.#take(character, rows);
    return rows;
  }

  finish(): readonly RawRow[] {
    const rows: RawRow[] = [];
    for (const character of this.#decode(null)) this.#take(character, rows);
    this.#release(rows, '');
    if (this.#inQuotes)
      throw new SqlError('22P04', 'unterminated CSV quoted field', { detail: `Line ${this.#line}.` });
    if (this.#cells.length > 0 || this.#cell !== '' || this.#quoted) this.#endRow(rows);
    return rows;
  }

  #decode(bytes: Buffer | null): string {
    try {
      return bytes === null ? this.#utf8.decode() : this.#utf8.decode(bytes, { stream: true });
    } catch (cause) {
      throw new SqlError('22021', 'invalid byte sequence for encoding "UTF8"', { cause });
    }
  }

  #take(character: string, rows: RawRow[]): void {
    if (this.#held !== '' && this.#release(rows, character)) return;
    if (this.#inQuotes) this.#takeQuoted(character);
    else this.#takePlain(character, rows);
  }

  /** Decides what the held character was; true where `next` belongs to it. */
  #release(_rows: RawRow[], next: string): boolean {
    const held = this.#held;
    const { quote, escape } = this.options;
    this.#held = '';
    if (held === '') return false;
    if (held === escape && (next === quote || next === escape)) {
      this.#cell += next;
      return true;
    }
    if (held === quote) this.#inQuotes = false;
    else this.#cell += held;
    return false;
  }

  #takeQuoted(character: string): void {
    const { quote, escape } = this.options;
    if (character === quote || character === escape) this.#held = character;
    else {
      if (character === '\n') this.#line += 1;
      this.#cell += character;
    }
  }

  #takePlain(character: string, rows: RawRow[]): void {
    const newline = character === '\n' || character === '\r';
    const second = character === '\n' && this.#afterReturn;
    this.#afterReturn = character === '\r';
    if (second) return;
    if (newline) this.#endRow(rows);
    else if (character === this.options.delimiter) this.#endCell();
    else if (character === this.options.quote) {
      this.#inQuotes = true;
      this.#quoted = true;
    } else this.#cell += character;
  }

  #endCell(): void {
    const name = this.columns[this.#cells.length] ?? '';
    this.#cells.push(this.#isNull(name) ? null : this.#cell);
    this.#cell = '';
    this.#quoted = false;
  }

  #isNull(name: string): boolean {
    const { nullText, forceNull, forceNotNull } = this.options;
    if (this.#cell !== nullText) return false;
    return this.#quoted ? names(forceNull, name) : !names(forceNotNull, name);
  }

  #endRow(rows: RawRow[]): void {
    const alone = this.#cells.length === 0 && !this.#quoted;
    if (alone && this.#cell === '\\.') this.#ended = true;
    this.#endCell();
    const cells = this.#cells;
    this.#cells = [];
    const first = this.#line === 1 && this.options.header !== false;
    if (first) this.#checkHeader(cells);
    else if (!this.#ended) rows.push({ line: this.#line, cells });
    this.#line += 1;
  }

  #checkHeader(cells: readonly (string | null)[]): void {
    if (this.options.header !== 'match') return;
    const wrong = this.columns.findIndex((name, index) => cells[index] !== name);
    if (wrong < 0 && cells.length === this.columns.length) return;
    throw new SqlError(
      '22P04',
      `column name mismatch in header line field ${wrong + 1}: got "${cells[wrong] ?? ''}", expected "${this.columns[wrong] ?? ''}"`,
    );
  }
}

function names(list: readonly string[], name: string): boolean {
  return list.includes('*') || list.includes(name);
}
