import type { CatalogRelation } from '../relation.ts';

/** The database this session is in; others are files of their own. */
export const pgDatabase: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_database',
  columns: {
    oid: "CASE WHEN database_name = current_database() THEN 16384 ELSE rvbbit_catalog.pg._oid('database', database_name) END",
    datname: 'database_name',
    datdba: '10',
    encoding: '6',
    datlocprovider: "'c'",
    datallowconn: 'true',
    datconnlimit: '-1',
    datfrozenxid: '1',
    datminmxid: '1',
    dattablespace: '1663',
    datcollate: "'C.UTF-8'",
    datctype: "'C.UTF-8'",
  },
  from: `duckdb_databases() WHERE NOT internal AND database_name NOT IN ('rvbbit', 'rvbbit_catalog')`,
};
