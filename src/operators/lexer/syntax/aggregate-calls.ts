import type { OperatorSet } from '../../cascade/operator-set.ts';
import { isSign, isWord, tokenAt, type CodeToken } from '../code-token.ts';
import type { TextEdit } from '../source-map.ts';
import { type CallParts, callParts } from './call-parts.ts';
import type { SyntaxForm } from './syntax-form.ts';

/** Words that DuckDB reads as statements of its own and that also name an aggregate. */
const RESERVED = ['SUMMARIZE'];

/**
 * `themes(body, 3 ORDER BY day) FILTER (WHERE …)` as `"themes list"(list(body ORDER BY day) FILTER (WHERE …), 3)`: a
 * semantic aggregate is a macro, and DuckDB takes DISTINCT, ORDER BY, FILTER and OVER at its own aggregates only.
 * Without any of them the call stays as it is.
 */
export const AGGREGATE_CALLS: SyntaxForm = Object.freeze({ words: aggregateNames, edit: editOf });

function aggregateNames(operators: OperatorSet): readonly string[] {
  return [...operators.operators.values()]
    .filter(({ sql }) => sql.shape === 'aggregate')
    .map(({ sql }) => sql.name.toUpperCase());
}

function editOf(
  sql: string,
  code: readonly CodeToken[],
  index: number,
  operators: OperatorSet,
): TextEdit | undefined {
  const token = tokenAt(code, index);
  if (!isSign(tokenAt(code, index + 1), '(') || isSign(tokenAt(code, index - 1), '.')) return undefined;
  const operator = operators.operators.get(token.text.toLowerCase());
  if (operator?.sql.shape !== 'aggregate') return undefined;
  const parts = callParts(sql, code, index);
  if (parts === undefined) return undefined;
  if (!parts.distinct && parts.order + parts.filter + parts.over === '')
    return quoted(token, operator.sql.name);
  const end = tokenAt(code, parts.end - 1).end;
  return { start: token.start, end, text: spelledOut(operator.sql.name, parts) };
}

/** `SUMMARIZE` is a statement of DuckDB, so its call needs quotes. */
function quoted(token: CodeToken, name: string): TextEdit | undefined {
  if (!isWord(token, ...RESERVED)) return undefined;
  return { start: token.start, end: token.end, text: `"${name}"` };
}

/** Values in no order of the user's are sorted, so that the same group is the same list. */
function spelledOut(name: string, { args, distinct, order, filter, over }: CallParts): string {
  const [values = '', ...others] = args;
  const inner = [distinct ? `DISTINCT ${values}` : values, order].filter((part) => part !== '').join(' ');
  const list = [`list(${inner})`, filter, over].filter((part) => part !== '').join(' ');
  const ordered = order === '' ? `list_sort(${list})` : list;
  return `"${name} list"(${[ordered, ...others].join(', ')})`;
}
