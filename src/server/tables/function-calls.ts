import { tokenize } from '../../operators/lexer/tokenize.ts';
import type { Token } from '../../operators/lexer/token.ts';

/** Where a statement calls a function. Offsets are in UTF-16 units. */
export interface FunctionCall {
  readonly name: string;
  readonly start: number;
  /** Behind the closing bracket. */
  readonly end: number;
  /** The text of each argument. */
  readonly args: readonly string[];
}

/** The calls of the named functions in a statement, outermost only. `names` are in lower case. */
export function functionCalls(sql: string, names: ReadonlySet<string>): readonly FunctionCall[] {
  const words = sql.toLowerCase();
  if (![...names].some((name) => words.includes(name))) return [];
  const tokens = tokenize(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const calls: FunctionCall[] = [];
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    const name = textOf(sql, tokens[at]).toLowerCase();
    if (!names.has(name) || textOf(sql, tokens[at + 1]) !== '(') continue;
    const closing = closingOf(sql, tokens, at + 1);
    if (closing === undefined) continue;
    calls.push(callOf(sql, name, tokens.slice(at, closing + 1)));
    at = closing;
  }
  return calls;
}

function callOf(sql: string, name: string, tokens: readonly Token[]): FunctionCall {
  const commas: number[] = [];
  let depth = 0;
  for (const token of tokens) {
    const text = textOf(sql, token);
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    if (text === ',' && depth === 1) commas.push(token.start);
  }
  const [first, opening] = tokens;
  const closing = tokens.at(-1);
  const start = first?.start ?? 0;
  const end = closing?.end ?? start;
  const bounds = [opening?.start ?? start, ...commas, closing?.start ?? end];
  const args = bounds.slice(1).map((bound, at) => sql.slice((bounds[at] as number) + 1, bound).trim());
  return { name, start, end, args: args.length === 1 && args[0] === '' ? [] : args };
}

function closingOf(sql: string, tokens: readonly Token[], opening: number): number | undefined {
  let depth = 0;
  for (let at = opening; at < tokens.length; at += 1) {
    const text = textOf(sql, tokens[at]);
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function textOf(sql: string, token: Token | undefined): string {
  return token === undefined ? '' : sql.slice(token.start, token.end);
}
