import type { InsertStatement } from './insert-statement.ts';
import { sourceQuery } from './values-rows.ts';

/** The new rows with all columns of the table; a column that is not listed is NULL, whatever its default. */
export function insertedRows({ target, columns, byName, source }: InsertStatement): string {
  const empty = `FROM ${target.table} WHERE false`;
  const query = sourceQuery(source);
  if (byName) return `(${empty} UNION ALL BY NAME (${query}))`;
  if (columns === null) return `(${empty} UNION ALL (${query}))`;
  return `(${empty} UNION ALL BY NAME SELECT * FROM (${query}) AS source(${columns}))`;
}
