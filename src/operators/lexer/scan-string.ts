import { isNewline, isSpace } from './characters.ts';
import { scanLineComment } from './scan-comment.ts';
import { UNTERMINATED } from './token.ts';

const QUOTE = 39;
const BACKSLASH = 92;
const DASH = 45;

/** How a quote gets into a string: doubled, doubled or behind a backslash, not at all (bit strings). */
export type QuoteRule = 'doubled' | 'backslashes' | 'none';

/**
 * A string whose opening quote is before `at`, with the strings that continue it: PostgreSQL joins two strings
 * with nothing but space and line comments between them where that space holds a newline.
 */
export function scanString(sql: string, at: number, rule: QuoteRule): number {
  let end = scanSegment(sql, at, rule);
  while (end !== UNTERMINATED) {
    const next = continuation(sql, end);
    if (next === UNTERMINATED) return end;
    end = scanSegment(sql, next, rule);
  }
  return UNTERMINATED;
}

/** A name in double quotes whose opening quote is before `at`. */
export function scanQuotedName(sql: string, at: number): number {
  for (let end = sql.indexOf('"', at); end >= 0; end = sql.indexOf('"', end + 2)) {
    if (sql.charCodeAt(end + 1) !== 34) return end + 1;
  }
  return UNTERMINATED;
}

function scanSegment(sql: string, at: number, rule: QuoteRule): number {
  if (rule === 'backslashes') return scanEscapedSegment(sql, at);
  for (let end = sql.indexOf("'", at); end >= 0; end = sql.indexOf("'", end + 2)) {
    if (rule === 'none' || sql.charCodeAt(end + 1) !== QUOTE) return end + 1;
  }
  return UNTERMINATED;
}

function scanEscapedSegment(sql: string, at: number): number {
  for (let end = at; end < sql.length; end += 1) {
    const code = sql.charCodeAt(end);
    if (code === BACKSLASH) end += 1;
    else if (code === QUOTE) {
      if (sql.charCodeAt(end + 1) !== QUOTE) return end + 1;
      end += 1;
    }
  }
  return UNTERMINATED;
}

/** Behind the quote that opens the continuation; UNTERMINATED where the string ends here. */
function continuation(sql: string, end: number): number {
  let newline = false;
  let at = end;
  while (at < sql.length) {
    const code = sql.charCodeAt(at);
    if (isSpace(code)) {
      newline ||= isNewline(code);
      at += 1;
    } else if (code === DASH && sql.charCodeAt(at + 1) === DASH) {
      at = scanLineComment(sql, at + 2);
    } else {
      return newline && code === QUOTE ? at + 1 : UNTERMINATED;
    }
  }
  return UNTERMINATED;
}
