import type { CatalogFunction } from '../relation.ts';

/** regclass, regtype and their like are oids inside; these read and write their names. */
export const objectNames: readonly CatalogFunction[] = [
  {
    name: '_argument_list',
    sql: `(l_names, l_types) AS system.main.array_to_string(list_transform(list_zip(coalesce(l_names, []), l_types), lambda a: coalesce(a[1] || ' ', '') || coalesce(rvbbit_catalog.pg._base_title(a[2]), 'text')), ', ')`,
  },
  {
    name: '_quote_identifier',
    sql: `(i_name) AS CASE WHEN regexp_full_match(i_name, '[a-z_][a-z0-9_$]*') AND i_name NOT IN ('all', 'and', 'any', 'array', 'as', 'asc', 'both', 'case', 'cast', 'check', 'collate', 'column', 'constraint', 'create', 'default', 'desc', 'distinct', 'do', 'else', 'end', 'except', 'false', 'fetch', 'for', 'foreign', 'from', 'grant', 'group', 'having', 'in', 'intersect', 'into', 'lateral', 'leading', 'limit', 'not', 'null', 'offset', 'on', 'only', 'or', 'order', 'primary', 'references', 'returning', 'select', 'some', 'table', 'then', 'to', 'trailing', 'true', 'union', 'unique', 'user', 'using', 'when', 'where', 'window', 'with') THEN i_name ELSE '"' || replace(i_name, '"', '""') || '"' END`,
  },
  {
    name: '_regclass_out',
    sql: `(object) AS CASE WHEN object = 0 THEN '-' ELSE coalesce((SELECT m_rel_title FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = object), object::VARCHAR) END`,
    returns: 'text',
  },
  {
    name: '_regproc_out',
    sql: `(object) AS CASE WHEN object = 0 THEN '-' ELSE coalesce((SELECT m_fn_title FROM temp.main._rvbbit_m_proc WHERE m_fn_oid = object), object::VARCHAR) END`,
    returns: 'text',
  },
  { name: '_regtype_out', sql: `(object) AS rvbbit_catalog.pg.format_type(object, -1)`, returns: 'text' },
  {
    name: 'to_regnamespace',
    sql: `(object) AS (SELECT m_ns_oid FROM temp.main._rvbbit_m_namespace WHERE m_ns_name = object)`,
    returns: 'regnamespace',
  },
  {
    name: '_regnamespace_out',
    sql: `(object) AS CASE WHEN object = 0 THEN '-' ELSE coalesce((SELECT rvbbit_catalog.pg._quote_identifier(m_ns_name) FROM temp.main._rvbbit_m_namespace WHERE m_ns_oid = object), object::VARCHAR) END`,
    returns: 'text',
  },
  {
    name: '_regrole_in',
    sql: `(object) AS coalesce(try_cast(object AS BIGINT), CASE WHEN object::VARCHAR = coalesce(getvariable('rvbbit_user'), 'rvbbit') THEN 10 END, error('role "' || object || '" does not exist'))`,
    returns: 'regrole',
  },
  {
    name: '_regrole_out',
    sql: `(object) AS CASE object WHEN 10 THEN coalesce(getvariable('rvbbit_user'), 'rvbbit') ELSE object::VARCHAR END`,
    returns: 'text',
  },
  {
    name: 'to_regrole',
    sql: `(object) AS CASE WHEN object = coalesce(getvariable('rvbbit_user'), 'rvbbit') THEN 10 END`,
    returns: 'regrole',
  },
  {
    name: 'to_regclass',
    sql: `(object) AS (SELECT m_nam_oid FROM temp.main._rvbbit_m_name WHERE m_nam_kind = 'relation' AND m_nam_path = object)`,
    returns: 'regclass',
  },
  {
    name: '_regclass_in',
    sql: `(object) AS coalesce(try_cast(object AS BIGINT), (SELECT m_nam_oid FROM temp.main._rvbbit_m_name WHERE m_nam_kind = 'relation' AND m_nam_path = object::VARCHAR), CASE WHEN object IS NOT NULL THEN error('relation "' || object || '" does not exist') END)`,
    returns: 'regclass',
  },
  {
    name: 'to_regproc',
    sql: `(object) AS (SELECT m_nam_oid FROM temp.main._rvbbit_m_name WHERE m_nam_kind = 'function' AND m_nam_path = object)`,
    returns: 'regproc',
  },
  {
    name: '_regproc_in',
    sql: `(object) AS coalesce(try_cast(object AS BIGINT), (SELECT m_nam_oid FROM temp.main._rvbbit_m_name WHERE m_nam_kind = 'function' AND m_nam_path = object::VARCHAR), CASE WHEN object IS NOT NULL THEN error('function "' || object || '" does not exist') END)`,
    returns: 'regproc',
  },
  {
    name: 'to_regtype',
    sql: `(object) AS (SELECT m_nam_oid FROM temp.main._rvbbit_m_name WHERE m_nam_kind = 'type' AND m_nam_path = object)`,
    returns: 'regtype',
  },
  {
    name: '_regtype_in',
    sql: `(object) AS coalesce(try_cast(object AS BIGINT), (SELECT m_nam_oid FROM temp.main._rvbbit_m_name WHERE m_nam_kind = 'type' AND m_nam_path = object::VARCHAR), CASE WHEN object IS NOT NULL THEN error('type "' || object || '" does not exist') END)`,
    returns: 'regtype',
  },
  {
    name: '_regnamespace_in',
    sql: `(object) AS coalesce(try_cast(object AS BIGINT), (SELECT m_ns_oid FROM temp.main._rvbbit_m_namespace WHERE m_ns_name = object::VARCHAR), CASE WHEN object IS NOT NULL THEN error('schema "' || object || '" does not exist') END)`,
    returns: 'regnamespace',
  },
];
