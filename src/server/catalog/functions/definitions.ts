import { PREDEFINED_NAMES } from '../relations/predefined-roles.ts';
import { KEYWORDS } from '../data/keywords.ts';
import type { CatalogFunction } from '../relation.ts';

/** The text of definitions. */
export const definitions: readonly CatalogFunction[] = [
  {
    name: 'pg_get_userbyid',
    sql: `(role) AS CASE WHEN role = 10 THEN coalesce(getvariable('rvbbit_user'), 'rvbbit') ELSE coalesce(${PREDEFINED_NAMES}[role::INTEGER], 'unknown (OID=' || role || ')') END`,
    returns: 'name',
  },
  {
    name: 'format_type',
    sql: `(type_oid, modifier) AS CASE WHEN type_oid IS NULL THEN NULL WHEN type_oid = 0 THEN '-' ELSE coalesce(rvbbit_catalog.pg._type_title(type_oid), '???') || CASE WHEN coalesce(modifier, -1) <= 4 THEN '' WHEN type_oid = 1700 THEN '(' || (((modifier - 4) >> 16) & 65535) || ',' || ((modifier - 4) & 65535) || ')' WHEN type_oid IN (1042, 1043) THEN '(' || (modifier - 4) || ')' ELSE '' END END`,
    returns: 'text',
  },
  {
    name: 'pg_get_expr',
    sql: `(expression, relation) AS expression, (expression, relation, pretty) AS expression`,
    returns: 'text',
  },
  {
    name: 'pg_get_constraintdef',
    sql: `(object) AS (SELECT m_con_definition FROM temp.main._rvbbit_m_constraint WHERE m_con_oid = object), (object, pretty) AS (SELECT m_con_definition FROM temp.main._rvbbit_m_constraint WHERE m_con_oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_indexdef',
    sql: `(object) AS (SELECT m_idx_definition FROM temp.main._rvbbit_m_index WHERE m_idx_oid = object), (object, col, pretty) AS (SELECT CASE WHEN col = 0 THEN m_idx_definition ELSE m_idx_columns[col] END FROM temp.main._rvbbit_m_index WHERE m_idx_oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_viewdef',
    sql: `(object) AS (SELECT m_rel_query FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = rvbbit_catalog.pg._regclass_in(object) AND m_rel_kind = 'v'), (object, pretty) AS (SELECT m_rel_query FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = rvbbit_catalog.pg._regclass_in(object) AND m_rel_kind = 'v')`,
    returns: 'text',
  },
  {
    name: 'pg_get_functiondef',
    sql: `(object) AS (SELECT m_fn_text FROM temp.main._rvbbit_m_proc WHERE m_fn_oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_function_arguments',
    sql: `(object) AS (SELECT m_fn_arguments FROM temp.main._rvbbit_m_proc WHERE m_fn_oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_function_identity_arguments',
    sql: `(object) AS (SELECT m_fn_arguments FROM temp.main._rvbbit_m_proc WHERE m_fn_oid = object)`,
    returns: 'text',
  },
  {
    name: 'pg_get_function_result',
    sql: `(object) AS (SELECT m_fn_result FROM temp.main._rvbbit_m_proc WHERE m_fn_oid = object)`,
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
    sql: `(relation, col) AS (SELECT m_ser_sequence FROM temp.main._rvbbit_m_serial WHERE m_ser_relation = rvbbit_catalog.pg._regclass_in(relation) AND m_ser_column = col)`,
    returns: 'text',
  },
  {
    name: 'pg_get_keywords',
    sql: `() AS TABLE SELECT word, catcode, barelabel,
      MAP { 'R': 'reserved', 'U': 'unreserved', 'C': 'unreserved (cannot be function or type name)', 'T': 'reserved (can be function or type name)' }[catcode] AS catdesc,
      CASE WHEN barelabel THEN 'can be bare label' ELSE 'requires AS' END AS baredesc
      FROM (SELECT split_part(entry, ':', 1) AS word, upper(split_part(entry, ':', 2)[1]) AS catcode, NOT ends_with(entry, '*') AS barelabel
            FROM (SELECT unnest(string_split('${KEYWORDS.trim().replaceAll('\n', ' ')}', ' ')) AS entry))`,
  },
  {
    name: 'pg_relation_is_publishable',
    sql: `(object) AS coalesce((SELECT m_rel_kind = 'r' AND m_rel_namespace NOT IN (11, 13207) FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = object), false)`,
    returns: 'bool',
  },
  { name: 'pg_partition_ancestors', sql: `(object) AS unnest([]::BIGINT[])`, returns: 'regclass' },
  {
    name: 'pg_sequence_parameters',
    sql: `(object) AS (SELECT row(start_value, min_value, max_value, increment_by, cycle, 1, 20) FROM duckdb_sequences() WHERE rvbbit_catalog.pg._relation_oid(database_name, schema_name, sequence_name) = object)`,
  },
];
