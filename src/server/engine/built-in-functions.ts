import type { DuckDBConnection } from '@duckdb/node-api';
import { StartupError } from '../../errors.ts';
import type { SqlFunction } from '../../operators/cascade/cascade.ts';
import { identifier } from './identifier.ts';
import { aritiesOf } from './operator-macros.ts';

/** Numbers of arguments of DuckDB's own functions, by lower-case name; null where any number will do. */
export type BuiltInFunctions = ReadonlyMap<string, ReadonlySet<number> | null>;

export async function builtInFunctions(connection: DuckDBConnection): Promise<BuiltInFunctions> {
  const result = await connection.run(
    `SELECT lower(function_name), list(DISTINCT len(parameters)), bool_or(varargs IS NOT NULL)
     FROM duckdb_functions() WHERE internal AND function_type IN ('scalar', 'aggregate', 'macro') GROUP BY 1`,
  );
  const rows = await result.getRowsJson();
  return new Map(
    rows.map(([name, counts, any]) => [
      String(name),
      any === true || !Array.isArray(counts) ? null : new Set(counts.map(Number)),
    ]),
  );
}

/** Throws StartupError where a call of the operator could be one of DuckDB's function of the same name. */
export function refuseBuiltIn(sql: SqlFunction, file: string, builtIn: BuiltInFunctions): void {
  const taken = builtIn.get(sql.name.toLowerCase());
  if (taken === undefined) return;
  const clash =
    taken === null || sql.shape !== 'scalar' || aritiesOf(sql.args).some((count) => taken.has(count));
  if (!clash) return;
  throw new StartupError(
    `${file}: the SQL function ${sql.name} would hide DuckDB's own function of that name`,
    'Give it another name.',
  );
}

/** Calls with another number of arguments than the operator takes stay DuckDB's. */
export function passedOn(sql: SqlFunction, builtIn: BuiltInFunctions): readonly string[] {
  return [...(builtIn.get(sql.name.toLowerCase()) ?? [])].map((count) => {
    const names = Array.from({ length: count }, (_, at) => identifier(`a${at}`)).join(', ');
    return `(${names}) AS system.main.${identifier(sql.name)}(${names})`;
  });
}
