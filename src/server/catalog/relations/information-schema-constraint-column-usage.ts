import type { CatalogRelation } from '../relation.ts';

export const informationConstraintColumnUsage: CatalogRelation = {
  schema: 'information_schema',
  name: 'constraint_column_usage',
  columns: {
    table_catalog: 'current_database()',
    table_schema: 'q.nspname',
    table_name: 'c.relname',
    column_name: 'a.attname',
    constraint_catalog: 'current_database()',
    constraint_schema: 'q.nspname',
    constraint_name: 'q.conname',
  },
  from: `(SELECT n.nspname, k.conname, CASE k.contype WHEN 'f' THEN k.confrelid ELSE k.conrelid END AS relid, unnest(CASE k.contype WHEN 'f' THEN k.confkey ELSE k.conkey END) AS attnum FROM temp.main._rvbbit_constraint k JOIN temp.main._rvbbit_relation c ON c.oid = k.conrelid JOIN temp.main._rvbbit_namespace n ON n.oid = c.relnamespace) q JOIN temp.main._rvbbit_relation c ON c.oid = q.relid JOIN temp.main._rvbbit_attribute a ON a.attrelid = q.relid AND a.attnum = q.attnum`,
};
