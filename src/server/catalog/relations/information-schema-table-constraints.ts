import type { CatalogRelation } from '../relation.ts';

export const informationTableConstraints: CatalogRelation = {
  schema: 'information_schema',
  name: 'table_constraints',
  columns: {
    constraint_catalog: 'current_database()',
    constraint_schema: 'n.nspname',
    constraint_name: 'k.conname',
    table_catalog: 'current_database()',
    table_schema: 'n.nspname',
    table_name: 'c.relname',
    constraint_type:
      "CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'f' THEN 'FOREIGN KEY' ELSE 'CHECK' END",
    is_deferrable: "'NO'",
    initially_deferred: "'NO'",
    enforced: "'YES'",
    nulls_distinct: "CASE k.contype WHEN 'u' THEN 'YES' END",
  },
  from: `temp.main._rvbbit_constraint k JOIN temp.main._rvbbit_relation c ON c.oid = k.conrelid JOIN temp.main._rvbbit_namespace n ON n.oid = c.relnamespace`,
};
