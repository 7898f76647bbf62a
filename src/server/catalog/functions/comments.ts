import type { CatalogFunction } from '../relation.ts';

/** Comments on objects. */
export const comments: readonly CatalogFunction[] = [
  {
    name: 'obj_description',
    sql: `(object) AS (SELECT min(m_d_text) FROM temp.main._rvbbit_m_description WHERE m_d_object = object AND m_d_sub = 0), (object, catalog) AS (SELECT min(m_d_text) FROM temp.main._rvbbit_m_description WHERE m_d_object = object AND m_d_sub = 0 AND m_d_class = CASE catalog WHEN 'pg_class' THEN 1259 WHEN 'pg_type' THEN 1247 WHEN 'pg_proc' THEN 1255 WHEN 'pg_namespace' THEN 2615 ELSE 0 END)`,
    returns: 'text',
  },
  {
    name: 'col_description',
    sql: `(relation, col) AS (SELECT min(m_d_text) FROM temp.main._rvbbit_m_description WHERE m_d_object = relation AND m_d_sub = col AND m_d_class = 1259)`,
    returns: 'text',
  },
  {
    name: 'shobj_description',
    sql: `(object, catalog) AS CASE WHEN catalog = 'pg_database' AND object = 16384 THEN (SELECT comment FROM duckdb_databases() WHERE database_name = current_database()) END`,
    returns: 'text',
  },
];
