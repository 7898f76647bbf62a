import type { CatalogRelation } from '../relation.ts';

export const informationViews: CatalogRelation = {
  schema: 'information_schema',
  name: 'views',
  columns: {
    table_catalog: 'current_database()',
    table_schema: 'nspname',
    table_name: 'relname',
    view_definition: 'rvbbit_catalog.pg._view_query(sql)',
    check_option: "'NONE'",
    is_updatable: "'NO'",
    is_insertable_into: "'NO'",
    is_trigger_updatable: "'NO'",
    is_trigger_deletable: "'NO'",
    is_trigger_insertable_into: "'NO'",
  },
  from: `temp.main._rvbbit_relation JOIN temp.main._rvbbit_namespace n ON n.oid = relnamespace WHERE relkind = 'v'`,
};
