import type { OperatorArg, SqlFunction } from '../../operators/cascade/cascade.ts';
import { isText } from '../../operators/evaluation/argument-value.ts';
import { resultOf } from './answer-writers.ts';
import { identifier } from './identifier.ts';

/** The numbers of arguments under which a function may be called: trailing optional ones may be left out. */
export function aritiesOf(args: readonly OperatorArg[]): readonly number[] {
  const least = args.findIndex((arg) => arg.optional);
  const from = least === -1 ? args.length : least;
  return Array.from({ length: args.length - from + 1 }, (_, at) => from + at);
}

export function overload(native: string, sql: SqlFunction, count: number): string {
  const { args } = sql;
  const given = args.slice(0, count).map(({ name }) => identifier(name));
  const all = args.map((arg, at) => (at < count ? (given[at] as string) : literalDefault(arg)));
  return `(${given.join(', ')}) AS ${invocation(native, sql, all)}`;
}

/** The call of a native function, its answer cast to what the operator returns. `values` are SQL, one an argument. */
export function invocation(native: string, sql: SqlFunction, values: readonly string[]): string {
  const { args, returns, returnsArg } = sql;
  const texts = args.map(({ type }, at) => asText(type, values[at] as string));
  const call = `${native}(${hashOf(texts)}, ${texts.join(', ')})`;
  const structure = values[args.findIndex(({ name }) => name === returnsArg)];
  if (structure !== undefined) return `from_json(CAST(${call} AS JSON), ${structure})`;
  return resultOf(returns).cast ? `CAST(CAST(${call} AS JSON) AS ${returns})` : call;
}

/** The hash under which the answer for these arguments is known. */
export function hashOverload(sql: SqlFunction, count: number): string {
  const given = sql.args.slice(0, count).map(({ name }) => identifier(name));
  const texts = sql.args.map((arg, at) => asText(arg.type, given[at] ?? literalDefault(arg)));
  return `(${given.join(', ')}) AS ${hashOf(texts)}`;
}

/** Each argument is hashed alone, so that DuckDB folds the hash of a literal; its place keeps swapped ones apart. */
function hashOf(texts: readonly string[]): string {
  return texts
    .map((text, at) => (at === 0 ? `hash(${text})` : `hash(${text}, ${at})`))
    .reduce((a, b) => `xor(${a}, ${b})`);
}

function asText(type: string, value: string): string {
  if (isText(type)) return `CAST(${value} AS VARCHAR)`;
  if (type === 'JSON') return `CAST(to_json(${value}) AS VARCHAR)`;
  return `CAST(to_json(CAST(${value} AS ${type})) AS VARCHAR)`;
}

/** The cascade fills its default in; DuckDB only has to say that nothing was given. */
export function literalDefault({ type }: OperatorArg): string {
  return `CAST(NULL AS ${type})`;
}
