import type { CatalogRelation } from '../relation.ts';

export const informationCheckConstraints: CatalogRelation = {
  schema: 'information_schema',
  name: 'check_constraints',
  columns: {
    constraint_catalog: 'current_database()',
    constraint_schema: 'n.nspname',
    constraint_name: 'k.conname',
    check_clause: 'k.conbin',
  },
  from: `rvbbit_catalog.pg._constraint k JOIN rvbbit_catalog.pg._relation c ON c.oid = k.conrelid JOIN rvbbit_catalog.pg._namespace n ON n.oid = c.relnamespace WHERE k.contype = 'c'`,
};
