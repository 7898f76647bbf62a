import type { CatalogFunction } from '../relation.ts';

/** Functions on arrays that DuckDB lacks or means otherwise. */
export const arrays: readonly CatalogFunction[] = [
  {
    name: 'array_lower',
    sql: `(list, dimension) AS CASE WHEN dimension = 1 AND len(list) > 0 THEN 1 END`,
    returns: 'int4',
  },
  {
    name: 'array_upper',
    sql: `(list, dimension) AS CASE WHEN dimension = 1 AND len(list) > 0 THEN len(list)::INTEGER END`,
    returns: 'int4',
  },
  {
    name: 'array_length',
    sql: `(list, dimension) AS CASE WHEN len(list) = 0 THEN NULL WHEN dimension = 1 THEN len(list)::INTEGER END`,
    returns: 'int4',
  },
  { name: 'cardinality', sql: `(list) AS len(list)::INTEGER`, returns: 'int4' },
  { name: 'array_ndims', sql: `(list) AS CASE WHEN len(list) > 0 THEN 1 END`, returns: 'int4' },
  { name: 'array_remove', sql: `(list, item) AS list_filter(list, lambda x: x IS DISTINCT FROM item)` },
  {
    name: 'array_replace',
    sql: `(list, item, other) AS list_transform(list, lambda x: CASE WHEN x IS NOT DISTINCT FROM item THEN other ELSE x END)`,
  },
  {
    name: 'array_positions',
    sql: `(list, item) AS list_filter(range(1, len(list) + 1), lambda i: list[i] IS NOT DISTINCT FROM item)::INTEGER[]`,
    returns: '_int4',
  },
  {
    name: 'array_to_string',
    sql: `(list, delimiter) AS system.main.array_to_string(list_filter(list, lambda x: x IS NOT NULL), delimiter), (list, delimiter, other) AS system.main.array_to_string(list_transform(list, lambda x: coalesce(x::VARCHAR, other)), delimiter)`,
    returns: 'text',
  },
  {
    name: '_pg_expandarray',
    sql: `(list) AS unnest(list_transform(range(1, len(list) + 1), lambda i: { 'x': list[i], 'n': i::INTEGER }))`,
  },
  {
    name: 'string_to_array',
    sql: `(text, delimiter) AS CASE WHEN text IS NULL THEN NULL WHEN text = '' THEN []::VARCHAR[] WHEN delimiter IS NULL THEN string_split(text, '') WHEN delimiter = '' THEN [text] ELSE string_split(text, delimiter) END, (text, delimiter, nulls) AS list_transform(CASE WHEN text = '' THEN []::VARCHAR[] ELSE string_split(text, delimiter) END, lambda x: nullif(x, nulls))`,
    returns: '_text',
  },
];
