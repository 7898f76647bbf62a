import type { CatalogRelation } from '../relation.ts';

/** pg_monitor is a member of the roles that read settings and statistics. */
export const pgAuthMembers: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_auth_members',
  columns: { roleid: 'roleid', member: '3373', grantor: '10', admin_option: 'false' },
  from: `(VALUES (3374), (3375), (3377)) AS t (roleid)`,
};
