import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import type { PgCodec } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';

/** `{1,2}`, `{{a,"b c"},{NULL,d}}`, with or without bounds (`[0:1]={1,2}`). Throws 22P02. */
export function readArrayText(text: string, element: PgCodec, style: TextStyle): DuckDBListValue {
  const body = text.trim().replace(/^(\[-?\d+:-?\d+\])+=/, '');
  const reader = new ArrayText(body, text, element, style);
  return reader.whole();
}

class ArrayText {
  #at = 0;

  constructor(
    readonly body: string,
    readonly source: string,
    readonly element: PgCodec,
    readonly style: TextStyle,
  ) {}

  whole(): DuckDBListValue {
    const list = this.#list();
    if (this.#at !== this.body.length) throw this.#malformed();
    return list;
  }

  #list(): DuckDBListValue {
    this.#expect('{');
    const items: DuckDBValue[] = [];
    this.#blanks();
    if (this.#accept('}')) return new DuckDBListValue(items);
    do items.push(this.#item());
    while (this.#accept(','));
    this.#expect('}');
    return new DuckDBListValue(items);
  }

  #item(): DuckDBValue {
    this.#blanks();
    const next = this.body[this.#at];
    const item = next === '{' ? this.#list() : next === '"' ? this.#quoted() : this.#bare();
    this.#blanks();
    return item;
  }

  #quoted(): DuckDBValue {
    this.#at += 1;
    let text = '';
    for (; this.body[this.#at] !== '"'; this.#at += 1) {
      if (this.body[this.#at] === '\\') this.#at += 1;
      if (this.#at >= this.body.length) throw this.#malformed();
      text += this.body[this.#at];
    }
    this.#at += 1;
    return this.element.fromText(text, this.style);
  }

  #bare(): DuckDBValue {
    const form = /(?:\\.|[^{},"\\])+/sy;
    form.lastIndex = this.#at;
    const match = form.exec(this.body);
    const raw = match?.[0].trim() ?? '';
    if (match === null || raw === '') throw this.#malformed();
    this.#at += match[0].length;
    if (raw.toUpperCase() === 'NULL') return null;
    return this.element.fromText(raw.replace(/\\(.)/gs, '$1'), this.style);
  }

  #blanks(): void {
    while (/\s/.test(this.body[this.#at] ?? '')) this.#at += 1;
  }

  #accept(character: string): boolean {
    if (this.body[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#accept(character)) throw this.#malformed();
  }

  #malformed(): SqlError {
    return new SqlError('22P02', `malformed array literal: "${this.source}"`);
  }
}
