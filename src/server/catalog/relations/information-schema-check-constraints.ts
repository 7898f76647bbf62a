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
  from: `temp.main._rvbbit_constraint k JOIN temp.main._rvbbit_relation c ON c.oid = k.conrelid JOIN temp.main._rvbbit_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'c'`,
};
