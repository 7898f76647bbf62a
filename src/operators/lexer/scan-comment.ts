import { isNewline } from './characters.ts';
import { UNTERMINATED } from './token.ts';

const STAR = 42;
const SLASH = 47;

/** `at` is behind the two dashes; the newline belongs to what follows. */
export function scanLineComment(sql: string, at: number): number {
  let end = at;
  while (end < sql.length && !isNewline(sql.charCodeAt(end))) end += 1;
  return end;
}

/** `at` is behind the opening slash and star; comments nest. */
export function scanBlockComment(sql: string, at: number): number {
  let depth = 1;
  let end = at;
  while (end < sql.length) {
    const code = sql.charCodeAt(end);
    const next = sql.charCodeAt(end + 1);
    if (code === STAR && next === SLASH) {
      depth -= 1;
      end += 2;
      if (depth === 0) return end;
    } else if (code === SLASH && next === STAR) {
      depth += 1;
      end += 2;
    } else {
      end += 1;
    }
  }
  return UNTERMINATED;
}
