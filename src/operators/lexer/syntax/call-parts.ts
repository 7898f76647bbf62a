import { matchingEnd } from '../brackets.ts';
import { isSign, isWord, tokenAt, type CodeToken } from '../code-token.ts';

/** A function call as it is written: texts of its parts. */
export interface CallParts {
  readonly args: readonly string[];
  readonly distinct: boolean;
  /** `ORDER BY …` inside the brackets, or empty. */
  readonly order: string;
  /** `FILTER (…)` behind them, or empty. */
  readonly filter: string;
  /** `OVER …`, or empty. */
  readonly over: string;
  /** Index behind the last token of the call. */
  readonly end: number;
}

/** The call whose name is the token at `index`; undefined where no bracket follows. */
export function callParts(sql: string, code: readonly CodeToken[], index: number): CallParts | undefined {
  if (!isSign(tokenAt(code, index + 1), '(')) return undefined;
  const close = matchingEnd(code, index + 1);
  const distinct = isWord(tokenAt(code, index + 2), 'DISTINCT');
  const from = index + (distinct || isWord(tokenAt(code, index + 2), 'ALL') ? 3 : 2);
  const order = orderIndex(code, from, close - 1);
  const filter = clauseEnd(code, close, 'FILTER');
  const over = clauseEnd(code, filter, 'OVER');
  return {
    args: separated(sql, code, from, order),
    distinct,
    order: textBetween(sql, code, order, close - 1),
    filter: textBetween(sql, code, close, filter),
    over: textBetween(sql, code, filter, over),
    end: over,
  };
}

/** The source from the token at `from` up to the one before `to`. */
export function textBetween(sql: string, code: readonly CodeToken[], from: number, to: number): string {
  return from >= to ? '' : sql.slice(tokenAt(code, from).start, tokenAt(code, to - 1).end);
}

/** The texts between the commas of one level. */
export function separated(
  sql: string,
  code: readonly CodeToken[],
  from: number,
  to: number,
): readonly string[] {
  const parts: string[] = [];
  let start = from;
  for (let at = from; at < to; at = next(code, at)) {
    if (!isSign(tokenAt(code, at), ',')) continue;
    parts.push(textBetween(sql, code, start, at));
    start = at + 1;
  }
  return from >= to ? parts : [...parts, textBetween(sql, code, start, to)];
}

/** The index behind a token, or behind the bracket that it opens. */
export function next(code: readonly CodeToken[], at: number): number {
  const token = tokenAt(code, at);
  const opens = token.kind === 'punctuation' && '([{'.includes(token.text);
  return opens ? matchingEnd(code, at) : at + 1;
}

function orderIndex(code: readonly CodeToken[], from: number, to: number): number {
  for (let at = from; at < to; at = next(code, at)) {
    if (isWord(tokenAt(code, at), 'ORDER') && isWord(tokenAt(code, at + 1), 'BY')) return at;
  }
  return to;
}

/** Behind `WORD (…)` or `WORD name`; `at` itself where the word does not follow. */
function clauseEnd(code: readonly CodeToken[], at: number, word: 'FILTER' | 'OVER'): number {
  if (!isWord(tokenAt(code, at), word)) return at;
  const behind = tokenAt(code, at + 1);
  if (isSign(behind, '(')) return matchingEnd(code, at + 1);
  const named = word === 'OVER' && (behind.kind === 'word' || behind.kind === 'quoted_name');
  return named ? at + 2 : at;
}
