import { isDigit, isOperatorPart, isSpace, isWordPart, isWordStart } from './characters.ts';
import { scanBlockComment, scanLineComment } from './scan-comment.ts';
import { scanDollar } from './scan-dollar.ts';
import { scanNumber } from './scan-number.ts';
import { scanOperator } from './scan-operator.ts';
import { scanQuotedName, scanString } from './scan-string.ts';
import { UNTERMINATED, type Token, type TokenKind } from './token.ts';

const QUOTE = 39;
const DOUBLE_QUOTE = 34;

/**
 * The lexemes of a text by PostgreSQL's rules (standard_conforming_strings on), with what DuckDB adds: `$name`,
 * braces and brackets, `->`, `**`, `//`. Never throws; what cannot be a lexeme is punctuation of one unit.
 */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < sql.length;) {
    const token = scanToken(sql, start);
    tokens.push(token);
    start = token.end;
  }
  return tokens;
}

/** The lexeme that begins at `start`, which is before the end of the text. */
export function scanToken(sql: string, start: number): Token {
  const code = sql.charCodeAt(start);
  if (isSpace(code)) return { kind: 'space', start, end: spaceEnd(sql, start) };
  if (isWordStart(code)) return scanWord(sql, start, code | 32);
  if (isDigit(code)) return { kind: 'number', start, end: scanNumber(sql, start) };
  if (isOperatorPart(code)) return scanOperatorOrComment(sql, start, code);
  return scanSign(sql, start, code);
}

function scanSign(sql: string, start: number, code: number): Token {
  switch (code) {
    case QUOTE:
      return closed('string', sql, start, scanString(sql, start + 1, 'doubled'));
    case DOUBLE_QUOTE:
      return closed('quoted_name', sql, start, scanQuotedName(sql, start + 1));
    case 36:
      return scanDollar(sql, start);
    case 46:
      if (isDigit(sql.charCodeAt(start + 1))) return { kind: 'number', start, end: scanNumber(sql, start) };
      return { kind: 'punctuation', start, end: pairEnd(sql, start, 46, 46) };
    case 58:
      return { kind: 'punctuation', start, end: pairEnd(sql, start, 58, 61) };
    default:
      return { kind: 'punctuation', start, end: start + 1 };
  }
}

function scanOperatorOrComment(sql: string, start: number, code: number): Token {
  const next = sql.charCodeAt(start + 1);
  if (code === 45 && next === 45) return { kind: 'comment', start, end: scanLineComment(sql, start + 2) };
  if (code === 47 && next === 42) return closed('comment', sql, start, scanBlockComment(sql, start + 2));
  return { kind: 'operator', start, end: scanOperator(sql, start) };
}

/** A word, or the string or name whose prefix it is: E'…', B'…', X'…', U&'…', U&"…". */
function scanWord(sql: string, start: number, letter: number): Token {
  const next = sql.charCodeAt(start + 1);
  if (next === QUOTE && (letter === 101 || letter === 98 || letter === 120)) {
    return closed('string', sql, start, scanString(sql, start + 2, letter === 101 ? 'backslashes' : 'none'));
  }
  if (next === 38 && letter === 117) {
    const quote = sql.charCodeAt(start + 2);
    if (quote === QUOTE) return closed('string', sql, start, scanString(sql, start + 3, 'doubled'));
    if (quote === DOUBLE_QUOTE) return closed('quoted_name', sql, start, scanQuotedName(sql, start + 3));
  }
  let end = start + 1;
  while (end < sql.length && isWordPart(sql.charCodeAt(end))) end += 1;
  return { kind: 'word', start, end };
}

function spaceEnd(sql: string, start: number): number {
  let end = start + 1;
  while (end < sql.length && isSpace(sql.charCodeAt(end))) end += 1;
  return end;
}

function pairEnd(sql: string, start: number, second: number, otherSecond: number): number {
  const next = sql.charCodeAt(start + 1);
  return next === second || next === otherSecond ? start + 2 : start + 1;
}

function closed(kind: TokenKind, sql: string, start: number, end: number): Token {
  return end === UNTERMINATED ? { kind: 'unterminated', start, end: sql.length } : { kind, start, end };
}
