import type { CatalogRelation } from '../relation.ts';

export const pgAuthid: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_authid',
  columns: {
    rolname: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
    rolsuper: 'true',
    rolinherit: 'true',
    rolcreaterole: 'true',
    rolcreatedb: 'true',
    rolcanlogin: 'true',
    rolreplication: 'true',
    rolconnlimit: '-1',
    rolbypassrls: 'true',
    oid: '10',
  },
  from: `(SELECT 1)`,
};
