import { matchingEnd } from './brackets.ts';
import { isSign, isWord, tokenAt, type CodeToken } from './code-token.ts';

/** Index of the word behind the common table expressions of the WITH at `index`; the code's length if there is none. */
export function mainWordOfWith(code: readonly CodeToken[], index: number): number {
  let at = isWord(tokenAt(code, index + 1), 'RECURSIVE') ? index + 2 : index + 1;
  while (at < code.length) {
    at = matchingEnd(code, bodyOfCte(code, at));
    if (!isSign(tokenAt(code, at), ',')) return at;
    at += 1;
  }
  return code.length;
}

/** Index of the parenthesis that opens the query of the common table expression named at `name`. */
function bodyOfCte(code: readonly CodeToken[], name: number): number {
  let at = name + 1;
  while (at < code.length && !isWord(tokenAt(code, at), 'AS')) {
    at = isSign(tokenAt(code, at), '(') ? matchingEnd(code, at) : at + 1;
  }
  while (at < code.length && !isSign(tokenAt(code, at), '(')) at += 1;
  return at;
}
