import type { CatalogFunction } from '../relation.ts';

/** Quoting for SQL text. */
export const quoting: readonly CatalogFunction[] = [
  { name: 'quote_ident', sql: `(name) AS rvbbit_catalog.pg._quote_identifier(name)`, returns: 'text' },
  {
    name: 'quote_literal',
    sql: `(value) AS CASE WHEN contains(value::VARCHAR, chr(92)) THEN 'E' ELSE '' END || '''' || replace(replace(value::VARCHAR, '''', ''''''), chr(92), chr(92) || chr(92)) || ''''`,
    returns: 'text',
  },
  {
    name: 'quote_nullable',
    sql: `(value) AS coalesce(rvbbit_catalog.pg.quote_literal(value), 'NULL')`,
    returns: 'text',
  },
  {
    name: 'parse_ident',
    sql: `(name) AS list_transform(regexp_extract_all(name, '"[^"]*"|[^."]+'), lambda p: CASE WHEN starts_with(p, '"') THEN p[2:-2] ELSE lower(p) END), (name, strict) AS list_transform(regexp_extract_all(name, '"[^"]*"|[^."]+'), lambda p: CASE WHEN starts_with(p, '"') THEN p[2:-2] ELSE lower(p) END)`,
    returns: '_text',
  },
];
