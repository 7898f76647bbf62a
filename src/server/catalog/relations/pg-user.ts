import type { CatalogRelation } from '../relation.ts';
import { ROLES } from '../session-variables.ts';

export const pgUser: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_user',
  columns: {
    usename: 'r.name',
    usesysid: 'r.oid',
    usecreatedb: 'r.createdb',
    usesuper: 'r.superuser',
    userepl: 'r.superuser',
    usebypassrls: 'r.superuser',
    passwd: "'********'",
    valuntil: 'r.valid_until',
    useconfig: 'r.settings',
  },
  from: `${ROLES} WHERE r.login`,
};
