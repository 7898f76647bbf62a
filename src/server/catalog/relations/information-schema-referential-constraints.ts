import type { CatalogRelation } from '../relation.ts';

export const informationReferentialConstraints: CatalogRelation = {
  schema: 'information_schema',
  name: 'referential_constraints',
  columns: {
    constraint_catalog: 'current_database()',
    constraint_schema: 'n.nspname',
    constraint_name: 'k.conname',
    unique_constraint_catalog: 'current_database()',
    unique_constraint_schema: 'n.nspname',
    unique_constraint_name: 'u.conname',
    match_option: "'NONE'",
    update_rule: "'NO ACTION'",
    delete_rule: "'NO ACTION'",
  },
  from: `rvbbit_catalog.pg._constraint k JOIN rvbbit_catalog.pg._relation c ON c.oid = k.conrelid JOIN rvbbit_catalog.pg._namespace n ON n.oid = c.relnamespace LEFT JOIN rvbbit_catalog.pg._constraint u ON u.conrelid = k.confrelid AND u.conkey = k.confkey AND u.contype IN ('p', 'u') WHERE k.contype = 'f'`,
};
