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

const SEARCH_ARGS = Object.freeze([
  { name: 'query', type: 'text' },
  { name: 'column', type: 'text' },
  { name: 'count', type: 'int4' },
  { name: 'least', type: 'float8' },
]);

/** Forms of FROM that are rewritten, and so no functions of DuckDB: people look for them with \df all the same. */
const FORMS: readonly DescribedFunction[] = Object.freeze([
  form('vector_search', 'Rows of a table whose text or vector is nearest to a query by meaning, best first.'),
  form('keyword_search', 'Rows of a table whose text has the words of a query, best first (BM25).'),
  form('hybrid_search', 'Rows of a table by meaning and by words together (reciprocal rank fusion).'),
  {
    ...form('ask_data', 'The rows of the SELECT that a model writes for a question about the tables.'),
    args: [
      { name: 'question', type: 'text' },
      { name: 'most_rows', type: 'int4' },
    ],
  },
]);

function form(name: string, description: string): DescribedFunction {
  return { name, args: SEARCH_ARGS, returns: 'record', description, returnsSet: true };
}

/** The semantic functions as pg_proc shows them. */
export function catalogFunctions(
  operators: OperatorSet,
  others: readonly SqlFunction[] = [],
): readonly DescribedFunction[] {
  const functions = [...[...operators.operators.values()].map(({ sql }) => sql), ...others, RUN_SIGNATURE];
  const described = functions.map(({ name, args, returns, description, shape }) => ({
    name,
    args: args.map((arg) => ({ name: arg.name, type: postgresType(arg.type) })),
    returns: postgresType(returns),
    description,
    returnsSet: shape === 'table',
  }));
  return [...described, ...FORMS];
}

function postgresType(type: string): string {
  const element = /^(.*)\[\d*\]$/.exec(type)?.[1];
  if (element !== undefined) return `_${postgresType(element)}`;
  return POSTGRES_TYPES[type.toUpperCase()] ?? 'text';
}
