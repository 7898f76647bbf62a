import type { CatalogFunction } from '../relation.ts';

/** Comments on objects. */
export const comments: readonly CatalogFunction[] = [
  {
    name: 'obj_description',
    sql: `(object) AS (SELECT description FROM rvbbit_catalog.pg._description WHERE objoid = object AND objsubid = 0 LIMIT 1), (object, catalog) AS (SELECT description FROM rvbbit_catalog.pg._description WHERE objoid = object AND objsubid = 0 AND classoid = CASE catalog WHEN 'pg_class' THEN 1259 WHEN 'pg_type' THEN 1247 WHEN 'pg_proc' THEN 1255 WHEN 'pg_namespace' THEN 2615 ELSE 0 END LIMIT 1)`,
    returns: 'text',
  },
  {
    name: 'col_description',
    sql: `(relation, col) AS (SELECT description FROM rvbbit_catalog.pg._description WHERE objoid = relation AND objsubid = col AND classoid = 1259 LIMIT 1)`,
    returns: 'text',
  },
  {
    name: 'shobj_description',
    sql: `(object, catalog) AS CASE WHEN catalog = 'pg_database' AND object = 16384 THEN (SELECT comment FROM duckdb_databases() WHERE database_name = current_database()) END`,
    returns: 'text',
  },
];
