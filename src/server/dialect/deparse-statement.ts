import type { Node } from 'libpg-query';
import { deparseSync } from 'pgsql-deparser';
import { printable } from './printable.ts';
import { withoutMarks } from './reserved-words.ts';

const QUALIFIED_JSON = 'pg_catalog.json';

/** The text of a statement, for DuckDB's parser. */
export function deparseStatement(statement: Node): string {
  const text = print(statement);
  return withoutMarks(text.includes(QUALIFIED_JSON) ? print(withBareJson(statement)) : text);
}

function print(statement: Node): string {
  return deparseSync(printable(statement), { pretty: false });
}

/** PostgreSQL's parser puts the type JSON into pg_catalog, and the deparser leaves it there: DuckDB has none of that name. */
function withBareJson<T>(body: T): T {
  if (Array.isArray(body)) return body.map(withBareJson) as T;
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]: [string, unknown]) => [
      key,
      key === 'names' && isJson(value) ? [value[1]] : withBareJson(value),
    ]),
  ) as T;
}

function isJson(names: unknown): names is readonly unknown[] {
  return JSON.stringify(names) === '[{"String":{"sval":"pg_catalog"}},{"String":{"sval":"json"}}]';
}
