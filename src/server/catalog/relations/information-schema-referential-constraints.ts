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
  from: `temp.main._rvbbit_constraint k JOIN temp.main._rvbbit_relation c ON c.oid = k.conrelid JOIN temp.main._rvbbit_namespace n ON n.oid = c.relnamespace LEFT JOIN temp.main._rvbbit_constraint u ON u.conrelid = k.confrelid AND u.conkey = k.confkey AND u.contype IN ('p', 'u') WHERE k.contype = 'f'`,
};
