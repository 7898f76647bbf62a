import type { CatalogRelation } from '../relation.ts';

const ACL = `[coalesce(getvariable('rvbbit_user'), 'rvbbit') || '=UC/' || coalesce(getvariable('rvbbit_user'), 'rvbbit'),
  '=U/' || coalesce(getvariable('rvbbit_user'), 'rvbbit')]`;

/** Schemas; DuckDB calls the one that PostgreSQL calls public main. */
export const pgNamespace: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_namespace',
  columns: {
    oid: 'oid',
    nspname: 'nspname',
    nspowner: "CASE nspname WHEN 'public' THEN 6171 ELSE 10 END",
    nspacl: `CASE nspname WHEN 'public' THEN ['pg_database_owner=UC/pg_database_owner', '=U/pg_database_owner']
      WHEN 'pg_catalog' THEN ${ACL} WHEN 'information_schema' THEN ${ACL} END`,
  },
  from: `temp.main._rvbbit_namespace`,
};
