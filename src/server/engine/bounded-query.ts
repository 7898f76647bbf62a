import type { DuckDBConnection } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import { stringLiteral } from './identifier.ts';

/** Table functions that read nothing. */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(['unnest', 'range', 'generate_series']);

/** DuckDB's own functions that look out of the database, change a state, or run a text as SQL. */
const REFUSED: ReadonlySet<string> = new Set([
  ...['getenv', 'current_setting', 'getvariable', 'nextval', 'currval', 'setseed', 'write_log'],
  ...['query', 'query_table', 'sql_auto_complete', 'json_execute_serialized_sql', 'pg_sleep'],
]);

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
 * DuckDB's that reach no file, no network, no setting and no model. 42601 where it does not parse.
 */
export async function checkBounded(connection: DuckDBConnection, sql: string): Promise<void> {
  const names = await namesOf(connection, sql);
  for (const name of names.tableFunctions)
    if (!TABLE_FUNCTIONS.has(name)) throw refuse(`the table function ${name}`);
  for (const name of names.functions) if (REFUSED.has(name)) throw refuse(`the function ${name}`);
  await refuseForeign(connection, names.functions);
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

/** Macros may hold anything, and semantic functions would ask a model from within a model's call. */
async function refuseForeign(connection: DuckDBConnection, functions: ReadonlySet<string>): Promise<void> {
  if (functions.size === 0) return;
  const result = await connection.run(
    `SELECT function_name, bool_or(internal) FROM duckdb_functions() WHERE lower(function_name) IN (${list(functions)}) GROUP BY ALL`,
  );
  const rows = await result.getRows();
  const foreign = rows.find(([, internal]) => internal !== true);
  if (foreign !== undefined) throw refuse(`the function ${String(foreign[0])}, which is not DuckDB's own`);
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

function list(names: ReadonlySet<string>): string {
  return [...names].map(stringLiteral).join(', ');
}

function lower(name: unknown): string {
  return String(name).toLowerCase();
}

function refuse(what: string): SqlError {
  return new SqlError('42501', `permission denied for ${what}`, {
    hint: 'Here only one SELECT is run, over tables and views of the database, with functions that read nothing else.',
  });
}
