import type { Node, SelectStmt } from 'libpg-query';
import { bodyOf, integerOf } from '../../dialect/syntax-tree.ts';

/** Values of a statement's parameters, by position. */
export type ParameterValues = readonly unknown[];

/** How many rows, from the first on, a query must find to fill LIMIT past OFFSET; undefined where nothing tells. */
export function rowsWanted(select: SelectStmt, parameters: ParameterValues): number | undefined {
  if (select.limitOption !== 'LIMIT_OPTION_COUNT' || select.limitCount === undefined) return undefined;
  const count = wholeNumber(select.limitCount, parameters);
  const offset = select.limitOffset === undefined ? 0 : wholeNumber(select.limitOffset, parameters);
  return count === undefined || offset === undefined ? undefined : count + offset;
}

function wholeNumber(node: Node, parameters: ParameterValues): number | undefined {
  const position = bodyOf(node, 'ParamRef')?.number;
  const value = position === undefined ? integerOf(node) : Number(parameters[position - 1] ?? Number.NaN);
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
