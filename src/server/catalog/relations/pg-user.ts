import type { CatalogRelation } from '../relation.ts';

export const pgUser: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_user',
  columns: {
    usename: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
    usesysid: '10',
    usecreatedb: 'true',
    usesuper: 'true',
    userepl: 'true',
    usebypassrls: 'true',
    passwd: "'********'",
  },
  from: `(SELECT 1)`,
};
