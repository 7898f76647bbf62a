import type { OperatorSet } from '../operators/cascade/operator-set.ts';
import type { SqlFunction } from '../operators/cascade/cascade.ts';
import { RUN_SIGNATURE } from '../operators/evaluation/run-book.ts';
import type { DescribedFunction } from '../server/catalog/described-function.ts';

const POSTGRES_TYPES: Readonly<Record<string, string>> = Object.freeze({
  VARCHAR: 'text',
  BOOLEAN: 'bool',
  DOUBLE: 'float8',
  FLOAT: 'float4',
  INTEGER: 'int4',
  BIGINT: 'int8',
  JSON: 'json',
});

/** The semantic functions as pg_proc shows them. */
export function catalogFunctions(
  operators: OperatorSet,
  others: readonly SqlFunction[] = [],
): readonly DescribedFunction[] {
  const functions = [...[...operators.operators.values()].map(({ sql }) => sql), ...others, RUN_SIGNATURE];
  return functions.map(({ name, args, returns, description, shape }) => ({
    name,
    args: args.map((arg) => ({ name: arg.name, type: postgresType(arg.type) })),
    returns: postgresType(returns),
    description,
    returnsSet: shape === 'table',
  }));
}

function postgresType(type: string): string {
  const element = /^(.*)\[\d*\]$/.exec(type)?.[1];
  if (element !== undefined) return `_${postgresType(element)}`;
  return POSTGRES_TYPES[type.toUpperCase()] ?? 'text';
}
