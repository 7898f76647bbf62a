import type { DuckDBConnection } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import { stringLiteral } from './identifier.ts';

/** Table functions that read nothing. */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(['unnest', 'range', 'generate_series']);

/** DuckDB's own functions that look out of the database, change a state, or run a text as SQL. */
const REFUSED: ReadonlySet<string> = new Set([
  ...[
    'getenv',
    'current_setting',
    'getvariable',
    'nextval',
    'currval',
    'setval',
    'lastval',
    'setseed',
    'write_log',
  ],
  ...['query', 'query_table', 'sql_auto_complete', 'json_execute_serialized_sql', 'pg_sleep'],
]);

/** Functions beside DuckDB's own: by lower-case name, and all of some catalogs. */
export interface AllowedFunctions {
  readonly names: ReadonlySet<string>;
  readonly catalogs: readonly string[];
}

const NONE: AllowedFunctions = Object.freeze({ names: new Set<string>(), catalogs: Object.freeze([]) });

/** What a query names, from DuckDB's own parse of it. */
export interface QueryNames {
  readonly tables: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly tableFunctions: ReadonlySet<string>;
  /** Common table expressions of the query. */
  readonly own: ReadonlySet<string>;
}

/**
 * Throws SqlError 42501 where a text is anything but one SELECT over tables and views that are there, with functions of
 * DuckDB's, or among those allowed, that reach no file, no network and no setting. 42601 where it does not parse.
 */
export async function checkBounded(
  connection: DuckDBConnection,
  sql: string,
  allowed: AllowedFunctions = NONE,
): Promise<void> {
  const names = await namesOf(connection, sql);
  for (const name of names.tableFunctions)
    if (!TABLE_FUNCTIONS.has(name)) throw refuse(`the table function ${name}`);
  for (const name of names.functions) if (REFUSED.has(name)) throw refuse(`the function ${name}`);
  await refuseForeign(connection, names.functions, allowed);
  const wanted = [...names.tables].filter((name) => !names.own.has(name));
  for (const name of await missingTables(connection, wanted))
    throw refuse(`${name}, which is no table or view here`);
}

/** Throws SqlError 42601 or 42501. */
export async function namesOf(connection: DuckDBConnection, sql: string): Promise<QueryNames> {
  const result = await connection.run(`SELECT CAST(json_serialize_sql(${stringLiteral(sql)}) AS VARCHAR)`);
  const [row] = await result.getRows();
  return collect(parsed(JSON.parse(String(row?.[0] ?? 'null'))));
}

function parsed(tree: unknown): unknown {
  const {
    error,
    error_message: message,
    statements,
  } = tree as {
    error: boolean;
    error_message?: string;
    statements?: readonly unknown[];
  };
  if (error) {
    const other = /only select/i.test(message ?? '');
    throw other
      ? refuse('another statement than SELECT')
      : new SqlError('42601', message ?? 'the query does not parse');
  }
  if (statements?.length !== 1) throw refuse('more than one statement');
  return statements[0];
}

function collect(tree: unknown): QueryNames {
  const names = {
    tables: new Set<string>(),
    functions: new Set<string>(),
    tableFunctions: new Set<string>(),
    own: new Set<string>(),
  };
  walk(tree, names);
  return names;
}

type Collected = { readonly [name in keyof QueryNames]: Set<string> };

function walk(node: unknown, names: Collected): void {
  if (Array.isArray(node)) return node.forEach((item) => walk(item, names));
  if (typeof node !== 'object' || node === null) return;
  const fields = node as Readonly<Record<string, unknown>>;
  if (fields.type === 'BASE_TABLE') names.tables.add(lower(fields.table_name));
  if (fields.type === 'TABLE_FUNCTION') {
    const called = fields.function as Readonly<Record<string, unknown>>;
    names.tableFunctions.add(lower(called.function_name));
    return walk(called.children, names);
  }
  if (fields.type === 'SHOW_REF' || fields.type === 'COLUMN_DATA') throw refuse('SHOW');
  if (typeof fields.function_name === 'string') names.functions.add(lower(fields.function_name));
  if (fields.cte_map !== undefined) ownNames(fields.cte_map, names);
  for (const value of Object.values(fields)) walk(value, names);
}

function ownNames(map: unknown, names: Collected): void {
  const entries = (map as { map?: readonly { key?: unknown }[] }).map ?? [];
  for (const { key } of entries) names.own.add(lower(key));
}

/** Functions of windows, which duckdb_functions() does not list. */
const WINDOW_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['row_number', 'rank', 'dense_rank', 'rank_dense', 'percent_rank', 'cume_dist', 'ntile', 'lag', 'lead'],
  ...['first_value', 'last_value', 'nth_value', 'fill'],
]);

/** Macros of users may hold anything, and functions of a session do things. */
async function refuseForeign(
  connection: DuckDBConnection,
  functions: ReadonlySet<string>,
  { names, catalogs }: AllowedFunctions,
): Promise<void> {
  const wanted = [...functions].filter((name) => !WINDOW_FUNCTIONS.has(name) && !names.has(name));
  if (wanted.length === 0) return;
  const own = `internal AND NOT starts_with(function_name, '__rvbbit_')`;
  const allowed = [own, ...catalogs.map((name) => `database_name = ${stringLiteral(name)}`)].join(' OR ');
  const result = await connection.run(
    `SELECT lower(function_name) FROM duckdb_functions() WHERE lower(function_name) IN (${wanted.map(stringLiteral).join(', ')})
     GROUP BY ALL HAVING bool_and(${allowed})`,
  );
  const known = new Set((await result.getRows()).map(([name]) => String(name)));
  const foreign = wanted.find((name) => !known.has(name));
  if (foreign !== undefined) throw refuse(`the function ${foreign}, which is not DuckDB's own`);
}

async function missingTables(
  connection: DuckDBConnection,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const result = await connection.run(
    `SELECT lower(table_name) FROM duckdb_tables() UNION SELECT lower(view_name) FROM duckdb_views()`,
  );
  const known = new Set((await result.getRows()).map(([name]) => String(name)));
  return names.filter((name) => !known.has(name));
}

function lower(name: unknown): string {
  return String(name).toLowerCase();
}

function refuse(what: string): SqlError {
  return new SqlError('42501', `permission denied for ${what}`, {
    hint: 'Here only one SELECT is run, over tables and views of the database, with functions that read nothing else.',
  });
}
