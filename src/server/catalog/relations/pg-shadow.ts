import type { CatalogRelation } from '../relation.ts';
import { ROLES } from '../session-variables.ts';

/** As pg_user: verifiers are shown to nobody. */
export const pgShadow: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_shadow',
  columns: {
    usename: 'r.name',
    usesysid: 'r.oid',
    usecreatedb: 'r.createdb',
    usesuper: 'r.superuser',
    userepl: 'r.superuser',
    usebypassrls: 'r.superuser',
    valuntil: 'r.valid_until',
    useconfig: 'r.settings',
  },
  from: `${ROLES} WHERE r.login`,
};
