import type { CatalogFunction } from '../relation.ts';

/** Whether an object is found by its bare name: what lies in public or pg_catalog is. */
export const visibility: readonly CatalogFunction[] = [
  {
    name: 'pg_table_is_visible',
    sql: `(object) AS (SELECT m_rel_namespace IN (2200, 11) FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = object)`,
    returns: 'bool',
  },
  {
    name: 'pg_type_is_visible',
    sql: `(object) AS (SELECT m_typ_namespace IN (2200, 11) FROM temp.main._rvbbit_m_type WHERE m_typ_oid = object)`,
    returns: 'bool',
  },
  {
    name: 'pg_function_is_visible',
    sql: `(object) AS (SELECT m_fn_namespace IN (2200, 11) FROM temp.main._rvbbit_m_proc WHERE m_fn_oid = object)`,
    returns: 'bool',
  },
  { name: 'pg_collation_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_operator_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_opclass_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_opfamily_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_conversion_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_ts_config_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_ts_dict_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_ts_parser_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_ts_template_is_visible', sql: `(object) AS true`, returns: 'bool' },
  { name: 'pg_statistics_obj_is_visible', sql: `(object) AS true`, returns: 'bool' },
];
