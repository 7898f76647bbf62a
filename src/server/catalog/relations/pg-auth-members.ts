import type { CatalogRelation } from '../relation.ts';

/** Who was granted which role. */
export const pgAuthMembers: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_auth_members',
  columns: { roleid: 'm.role_oid', member: 'm.member_oid', grantor: '10', admin_option: 'false' },
  from: `(SELECT unnest(getvariable('rvbbit_members')) AS m)`,
};
