import { isDigit, isWordPart, isWordStart } from './characters.ts';
import { UNTERMINATED, type Token } from './token.ts';

const DOLLAR = 36;

/** What begins with a dollar sign at `start`: `$1`, `$name` (DuckDB's), `$$…$$`, `$tag$…$tag$`, or the sign alone. */
export function scanDollar(sql: string, start: number): Token {
  const next = sql.charCodeAt(start + 1);
  if (isDigit(next)) return { kind: 'parameter', start, end: wordEnd(sql, start + 1, isDigit) };
  if (next !== DOLLAR && !isWordStart(next)) return { kind: 'punctuation', start, end: start + 1 };
  const tagEnd = wordEnd(sql, start + 1, isTagPart);
  if (sql.charCodeAt(tagEnd) !== DOLLAR) return { kind: 'parameter', start, end: tagEnd };
  const end = closing(sql, sql.slice(start, tagEnd + 1), tagEnd + 1);
  return end === UNTERMINATED
    ? { kind: 'unterminated', start, end: sql.length }
    : { kind: 'string', start, end };
}

function closing(sql: string, delimiter: string, at: number): number {
  const found = sql.indexOf(delimiter, at);
  return found < 0 ? UNTERMINATED : found + delimiter.length;
}

function isTagPart(code: number): boolean {
  return code !== DOLLAR && isWordPart(code);
}

function wordEnd(sql: string, at: number, belongs: (code: number) => boolean): number {
  let end = at;
  while (end < sql.length && belongs(sql.charCodeAt(end))) end += 1;
  return end;
}
