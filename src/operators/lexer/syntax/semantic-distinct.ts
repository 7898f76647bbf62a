import { SqlError } from '../../../errors.ts';
import { SEARCH_NAMES } from '../../functions/search-names.ts';
import { isSign, isWord, tokenAt, type CodeToken } from '../code-token.ts';
import { isReserved } from '../keywords.ts';
import type { TextEdit } from '../source-map.ts';
import { matchingEnd } from '../brackets.ts';
import { next, textBetween } from './call-parts.ts';
import type { SyntaxForm } from './syntax-form.ts';

/** What ends the list of a SELECT. */
const BEHIND_LIST = [
  ...['FROM', 'INTO', 'WHERE', 'GROUP', 'HAVING', 'WINDOW', 'QUALIFY', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH'],
  ...['UNION', 'INTERSECT', 'EXCEPT'],
] as const;

/**
 * `SELECT SEMANTIC DISTINCT name, city` as `SELECT DISTINCT "meaning of"(name) AS name, …`: texts that mean the same
 * become one of them, other values stay. `SEMANTIC DISTINCT ON (…)` keeps whole rows, and `count(SEMANTIC DISTINCT x)`
 * counts meanings.
 */
export const SEMANTIC_DISTINCT: SyntaxForm = Object.freeze({ words: () => ['SEMANTIC'], edit: editOf });

function editOf(sql: string, code: readonly CodeToken[], index: number): TextEdit | undefined {
  const { text, start } = tokenAt(code, index);
  if (text !== 'SEMANTIC' || !isWord(tokenAt(code, index + 1), 'DISTINCT')) return undefined;
  const before = tokenAt(code, index - 1);
  const first = index + 2;
  if (isSign(before, '(')) return insideCall(sql, code, start, first);
  if (!isWord(before, 'SELECT')) return undefined;
  if (isWord(tokenAt(code, first), 'ON') && isSign(tokenAt(code, first + 1), '(')) {
    const end = matchingEnd(code, first + 1);
    const keys = items(sql, code, first + 2, end - 1).map(({ value }) => meaningOf(value));
    return { start, end: tokenAt(code, end - 1).end, text: `DISTINCT ON (${keys.join(', ')})` };
  }
  const end = listEnd(code, first);
  if (end === first) {
    throw new SqlError('42601', 'SEMANTIC DISTINCT needs a list of expressions', {
      position: start + 1,
      hint: 'Write it as SELECT SEMANTIC DISTINCT name FROM t.',
    });
  }
  const written = items(sql, code, first, end).map(({ value, alias }) => meaningOf(value) + alias);
  return { start, end: tokenAt(code, end - 1).end, text: `DISTINCT ${written.join(', ')}` };
}

/** The first argument of an aggregate: `count(SEMANTIC DISTINCT x)`. */
function insideCall(
  sql: string,
  code: readonly CodeToken[],
  start: number,
  first: number,
): TextEdit | undefined {
  let end = first;
  const ends = (at: number): boolean =>
    isSign(tokenAt(code, at), ',') || isSign(tokenAt(code, at), ')') || isWord(tokenAt(code, at), 'ORDER');
  while (end < code.length && !ends(end)) end = next(code, end);
  if (end === first) return undefined;
  const text = `DISTINCT ${meaningOf(textBetween(sql, code, first, end))}`;
  return { start, end: tokenAt(code, end - 1).end, text };
}

function meaningOf(value: string): string {
  return `"${SEARCH_NAMES.meaningOf}"(${value === '*' ? 'COLUMNS(*)' : value})`;
}

function listEnd(code: readonly CodeToken[], from: number): number {
  for (let at = from; at < code.length; at = next(code, at)) {
    const token = tokenAt(code, at);
    if (isWord(token, ...BEHIND_LIST) || isSign(token, ')') || isSign(token, ';')) return at;
  }
  return code.length;
}

interface Item {
  readonly value: string;
  /** ` AS name`, or empty where the item has no name of its own. */
  readonly alias: string;
}

function items(sql: string, code: readonly CodeToken[], from: number, to: number): readonly Item[] {
  const found: Item[] = [];
  let start = from;
  for (let at = from; at <= to; at = at === to ? to + 1 : next(code, at)) {
    if (at < to && !isSign(tokenAt(code, at), ',')) continue;
    if (at > start) found.push(itemOf(sql, code, start, at));
    start = at + 1;
  }
  return found;
}

function itemOf(sql: string, code: readonly CodeToken[], from: number, to: number): Item {
  const written = (end: number, name: number): Item => ({
    value: textBetween(sql, code, from, end),
    alias: ` AS ${textBetween(sql, code, name, name + 1)}`,
  });
  if (isWord(tokenAt(code, to - 2), 'AS')) return written(to - 2, to - 1);
  if (to - from > 1 && isName(tokenAt(code, to - 1)) && endsOperand(tokenAt(code, to - 2)))
    return written(to - 1, to - 1);
  return isName(tokenAt(code, to - 1)) && isPath(code, from, to)
    ? written(to, to - 1)
    : { value: textBetween(sql, code, from, to), alias: '' };
}

function isName({ kind, text }: CodeToken): boolean {
  return kind === 'quoted_name' || (kind === 'word' && !isReserved(text));
}

function endsOperand(token: CodeToken): boolean {
  if (token.kind === 'punctuation') return token.text === ')' || token.text === ']';
  return (
    token.kind === 'string' ||
    token.kind === 'number' ||
    token.kind === 'parameter' ||
    isName(token) ||
    isWord(token, 'END')
  );
}

/** `t.name` */
function isPath(code: readonly CodeToken[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const fits = (at - from) % 2 === 0 ? isName(tokenAt(code, at)) : isSign(tokenAt(code, at), '.');
    if (!fits) return false;
  }
  return true;
}
