import type { CatalogFunction } from '../relation.ts';

const TYPE_NAMES = `CASE json_type(j_value) WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'VARCHAR' THEN 'string'
  WHEN 'BOOLEAN' THEN 'boolean' WHEN 'NULL' THEN 'null' ELSE 'number' END`;

/** Functions on json; each under its jsonb name too. */
export const jsonFunctions: readonly CatalogFunction[] = [
  { name: '_typeof', sql: `(j_value) AS ${TYPE_NAMES}`, returns: 'text' },
  { name: '_array_elements', sql: `(j_value) AS unnest((j_value::JSON)->'$[*]')` },
  { name: '_array_elements_text', sql: `(j_value) AS unnest((j_value::JSON)->>'$[*]')`, returns: 'text' },
  { name: '_object_keys', sql: `(j_value) AS unnest(json_keys(j_value))`, returns: 'text' },
].flatMap(({ name, sql, returns }) =>
  ['json', 'jsonb'].map((type) => ({ name: `${type}${name}`, sql, returns: returns ?? type })),
);
