import type { CatalogRelation } from '../relation.ts';

/** Whoever has authenticated may do everything, so each session sees the one role it has. */
export const pgRoles: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_roles',
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
    rolpassword: "'********'",
    oid: '10',
  },
  from: `(SELECT 1)`,
};
