import type { SqlFunction } from '../../operators/cascade/cascade.ts';
import { identifier } from './identifier.ts';
import { invocation, literalDefault } from './operator-macros.ts';

/**
 * A table operator in FROM: the rows of the list that its function returns, a column for each field. In SELECT the same
 * name gives the list. DuckDB takes one definition of a table macro, whose parameters have defaults.
 */
export function tableMacro(native: string, sql: SqlFunction): string {
  const parameters = sql.args.map((arg) =>
    arg.optional ? `${identifier(arg.name)} := ${literalDefault(arg)}` : identifier(arg.name),
  );
  const names = sql.args.map(({ name }) => identifier(name));
  const rows = `unnest(${invocation(native, sql, names)}, max_depth := 2)`;
  const named = sql.returns.startsWith('STRUCT') ? '' : ' AS value';
  return `(${parameters.join(', ')}) AS TABLE SELECT ${rows}${named}`;
}
