import type { CatalogFunction } from '../relation.ts';

/** Sizes on disk as far as DuckDB tells them: a table by its estimated rows, a database by its blocks. */
export const sizes: readonly CatalogFunction[] = [
  {
    name: 'pg_relation_size',
    sql: `(relation) AS (SELECT m_rel_size FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = rvbbit_catalog.pg._regclass_in(relation)), (relation, fork) AS (SELECT m_rel_size FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = rvbbit_catalog.pg._regclass_in(relation))`,
    returns: 'int8',
  },
  {
    name: 'pg_table_size',
    sql: `(relation) AS (SELECT m_rel_size FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = rvbbit_catalog.pg._regclass_in(relation))`,
    returns: 'int8',
  },
  {
    name: 'pg_total_relation_size',
    sql: `(relation) AS (SELECT m_rel_size FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = rvbbit_catalog.pg._regclass_in(relation))`,
    returns: 'int8',
  },
  {
    name: 'pg_indexes_size',
    sql: `(relation) AS (SELECT 0::BIGINT FROM temp.main._rvbbit_m_relation WHERE m_rel_oid = rvbbit_catalog.pg._regclass_in(relation))`,
    returns: 'int8',
  },
  {
    name: 'pg_database_size',
    sql: `(object) AS (SELECT sum(total_blocks * block_size)::BIGINT FROM pragma_database_size() WHERE database_name = current_database())`,
    returns: 'int8',
  },
  { name: 'pg_tablespace_location', sql: `(object) AS ''`, returns: 'text' },
  { name: 'pg_tablespace_size', sql: `(object) AS 0::BIGINT`, returns: 'int8' },
  {
    name: 'pg_size_pretty',
    sql: `(bytes) AS CASE WHEN abs(bytes) < 10240 THEN bytes || ' bytes' WHEN abs(bytes) < 10485248 THEN round(bytes / 1024.0)::BIGINT || ' kB' WHEN abs(bytes) < 10736893952 THEN round(bytes / 1048576.0)::BIGINT || ' MB' WHEN abs(bytes) < 10994579406848 THEN round(bytes / 1073741824.0)::BIGINT || ' GB' ELSE round(bytes / 1099511627776.0)::BIGINT || ' TB' END`,
    returns: 'text',
  },
  {
    name: 'pg_relation_filenode',
    sql: `(relation) AS rvbbit_catalog.pg._regclass_in(relation)`,
    returns: 'oid',
  },
  { name: 'pg_stat_get_numscans', sql: `(relation) AS 0::BIGINT`, returns: 'int8' },
];
