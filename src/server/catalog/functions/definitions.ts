import type { CatalogFunction } from '../relation.ts';

/** The text of definitions. */
export const definitions: readonly CatalogFunction[] = [
  {
    name: 'pg_get_userbyid',
    sql: `(role) AS CASE WHEN role = 10 THEN coalesce(getvariable('rvbbit_user'), 'rvbbit') ELSE 'unknown (OID=' || role || ')' END`,
    returns: 'name',
  },
  {
    name: 'format_type',
    sql: `(type_oid, modifier) AS CASE WHEN type_oid IS NULL THEN NULL WHEN type_oid = 0 THEN '-' ELSE coalesce(CASE WHEN type_oid = 1700 AND modifier > 4 THEN 'numeric(' || (((modifier - 4) >> 16) & 65535) || ',' || ((modifier - 4) & 65535) || ')' WHEN type_oid IN (1042, 1043) AND modifier > 4 THEN rvbbit_catalog.pg._type_title(type_oid) || '(' || (modifier - 4) || ')' ELSE CASE WHEN type_oid IN (SELECT oid FROM rvbbit_catalog.pg.pg_type WHERE typcategory = 'A' AND typelem > 0) THEN rvbbit_catalog.pg._type_title((SELECT typelem FROM rvbbit_catalog.pg.pg_type t WHERE t.oid = type_oid)) || '[]' ELSE rvbbit_catalog.pg._type_title(type_oid) END END, '???') END`,
    returns: 'text',
  },
  {
    name: 'pg_get_expr',
    sql: `(expression, relation) AS expression, (expression, relation, pretty) AS expression`,
    returns: 'text',
  },
  {
    name: 'pg_get_constraintdef',
    sql: `(object) AS (SELECT definition FROM rvbbit_catalog.pg._constraint WHERE oid = object), (object, pretty) AS (SELECT definition FROM rvbbit_catalog.pg._constraint WHERE oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_indexdef',
    sql: `(object) AS (SELECT indexdef FROM rvbbit_catalog.pg._index_text WHERE oid = object), (object, col, pretty) AS (SELECT CASE WHEN col = 0 THEN indexdef ELSE index_columns[col] END FROM rvbbit_catalog.pg._index_text WHERE oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_viewdef',
    sql: `(object) AS (SELECT rvbbit_catalog.pg._view_query(sql) FROM rvbbit_catalog.pg._relation WHERE oid = rvbbit_catalog.pg._regclass_in(object) AND relkind = 'v'), (object, pretty) AS (SELECT rvbbit_catalog.pg._view_query(sql) FROM rvbbit_catalog.pg._relation WHERE oid = rvbbit_catalog.pg._regclass_in(object) AND relkind = 'v')`,
    returns: 'text',
  },
  {
    name: 'pg_get_functiondef',
    sql: `(object) AS (SELECT 'CREATE OR REPLACE FUNCTION ' || n.nspname || '.' || proname || '(' || rvbbit_catalog.pg._argument_list(p.proargnames, p.proargtypes) || ')' || chr(10) || ' RETURNS ' || rvbbit_catalog.pg._type_title(prorettype) || chr(10) || ' LANGUAGE sql' || chr(10) || 'AS $function$' || coalesce(prosrc, '') || '$function$' || chr(10) FROM rvbbit_catalog.pg._proc p JOIN rvbbit_catalog.pg._namespace n ON n.oid = pronamespace WHERE p.oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_function_arguments',
    sql: `(object) AS (SELECT rvbbit_catalog.pg._argument_list(proargnames, proargtypes) FROM rvbbit_catalog.pg._proc WHERE oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_function_identity_arguments',
    sql: `(object) AS (SELECT rvbbit_catalog.pg._argument_list(proargnames, proargtypes) FROM rvbbit_catalog.pg._proc WHERE oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_function_result',
    sql: `(object) AS (SELECT CASE WHEN proretset THEN 'SETOF ' ELSE '' END || rvbbit_catalog.pg._type_title(prorettype) FROM rvbbit_catalog.pg._proc WHERE oid = object)`,
    returns: 'text',
  },
  { name: 'pg_get_function_sqlbody', sql: `(object) AS NULL::VARCHAR`, returns: 'text' },
  {
    name: 'pg_get_ruledef',
    sql: `(object) AS NULL::VARCHAR, (object, pretty) AS NULL::VARCHAR`,
    returns: 'text',
  },
  {
    name: 'pg_get_triggerdef',
    sql: `(object) AS NULL::VARCHAR, (object, pretty) AS NULL::VARCHAR`,
    returns: 'text',
  },
  { name: 'pg_get_partkeydef', sql: `(object) AS NULL::VARCHAR`, returns: 'text' },
  { name: 'pg_get_partition_constraintdef', sql: `(object) AS NULL::VARCHAR`, returns: 'text' },
  { name: 'pg_get_statisticsobjdef_columns', sql: `(object) AS NULL::VARCHAR`, returns: 'text' },
  { name: 'pg_get_statisticsobjdef', sql: `(object) AS NULL::VARCHAR`, returns: 'text' },
  {
    name: 'pg_get_serial_sequence',
    sql: `(relation, col) AS (SELECT regexp_extract(d.adbin, '^nextval\\(''([^'']*)''', 1) FROM rvbbit_catalog.pg._attrdef d JOIN rvbbit_catalog.pg._table_column a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = rvbbit_catalog.pg._regclass_in(relation) AND a.attname = col AND starts_with(d.adbin, 'nextval('))`,
    returns: 'text',
  },
  {
    name: 'pg_get_keywords',
    sql: `() AS TABLE SELECT keyword_name AS word, CASE keyword_category WHEN 'reserved' THEN 'R' WHEN 'unreserved' THEN 'U' WHEN 'column_name' THEN 'C' ELSE 'T' END AS catcode, true AS barelabel, CASE keyword_category WHEN 'reserved' THEN 'reserved' WHEN 'unreserved' THEN 'unreserved' WHEN 'column_name' THEN 'unreserved (cannot be function or type name)' ELSE 'reserved (can be function or type name)' END AS catdesc, 'can be bare label' AS baredesc FROM duckdb_keywords()`,
  },
  {
    name: 'pg_relation_is_publishable',
    sql: `(object) AS coalesce((SELECT relkind = 'r' AND relnamespace NOT IN (11, 13207) FROM rvbbit_catalog.pg._relation WHERE oid = object), false)`,
    returns: 'bool',
  },
  { name: 'pg_partition_ancestors', sql: `(object) AS TABLE SELECT NULL::BIGINT AS relid WHERE false` },
  {
    name: 'pg_partition_tree',
    sql: `(object) AS TABLE SELECT NULL::BIGINT AS relid, NULL::BIGINT AS parentrelid, NULL::BOOLEAN AS isleaf, NULL::INTEGER AS level WHERE false`,
  },
  {
    name: 'pg_sequence_parameters',
    sql: `(object) AS (SELECT row(seqstart, seqmin, seqmax, seqincrement, seqcycle, seqcache, seqtypid) FROM rvbbit_catalog.pg.pg_sequence WHERE seqrelid = object)`,
  },
];
