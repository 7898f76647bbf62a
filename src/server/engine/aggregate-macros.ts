import type { SqlFunction } from '../../operators/cascade/cascade.ts';
import { identifier } from './identifier.ts';
import { invocation, literalDefault } from './operator-macros.ts';

/** The name under which an aggregate takes the list of its values; the blank keeps it from a user's functions. */
export function listFunctionName(name: string): string {
  return `${name} list`;
}

/** An aggregate over a list of values. NULLs are left out; a list without a value gives NULL. */
export function listOverload(native: string, sql: SqlFunction, count: number): string {
  return overloadOver(native, sql, count, (values) => values);
}

/**
 * The same over the values of a group. They are sorted, for DuckDB gives them in another order each time and the
 * answer is found again by its list.
 */
export function groupOverload(native: string, sql: SqlFunction, count: number): string {
  return overloadOver(native, sql, count, (values) => `list_sort(list(${values}))`);
}

function overloadOver(
  native: string,
  sql: SqlFunction,
  count: number,
  listOf: (values: string) => string,
): string {
  const given = sql.args.slice(0, count).map(({ name }) => identifier(name));
  const [values = '', ...others] = sql.args.map((arg, at) => given[at] ?? literalDefault(arg));
  const list = `nullif(list_filter(${listOf(values)}, lambda value: value IS NOT NULL), [])`;
  return `(${given.join(', ')}) AS ${invocation(native, sql, [list, ...others])}`;
}
