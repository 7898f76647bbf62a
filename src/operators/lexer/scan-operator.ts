import { isOperatorPart } from './characters.ts';

const PLUS = 43;
const DASH = 45;
const STAR = 42;
const SLASH = 47;

/**
 * The operator that begins at `start`, by PostgreSQL's rule: the longest run of operator characters, cut where a
 * comment starts in it; a run of several characters does not end in + or - unless it holds one of ~ ! @ # % ^ & | ` ?.
 */
export function scanOperator(sql: string, start: number): number {
  let end = start + 1;
  let mayEndInSign = isSignBearer(sql.charCodeAt(start));
  while (isOperatorPart(sql.charCodeAt(end)) && !startsComment(sql, end)) {
    mayEndInSign ||= isSignBearer(sql.charCodeAt(end));
    end += 1;
  }
  while (!mayEndInSign && end > start + 1 && isSign(sql.charCodeAt(end - 1))) end -= 1;
  return end;
}

function startsComment(sql: string, at: number): boolean {
  const code = sql.charCodeAt(at);
  const next = sql.charCodeAt(at + 1);
  return (code === DASH && next === DASH) || (code === SLASH && next === STAR);
}

function isSign(code: number): boolean {
  return code === PLUS || code === DASH;
}

function isSignBearer(code: number): boolean {
  return isOperatorPart(code) && !isSign(code) && !isArithmetic(code);
}

/** `*` `/` `<` `>` `=` */
function isArithmetic(code: number): boolean {
  return code === STAR || code === SLASH || (code >= 60 && code <= 62);
}
