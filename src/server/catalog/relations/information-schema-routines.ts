import type { CatalogRelation } from '../relation.ts';

export const informationRoutines: CatalogRelation = {
  schema: 'information_schema',
  name: 'routines',
  columns: {
    specific_catalog: 'current_database()',
    specific_schema: 'n.nspname',
    specific_name: "proname || '_' || p.oid",
    routine_catalog: 'current_database()',
    routine_schema: 'n.nspname',
    routine_name: 'proname',
    routine_type: "'FUNCTION'",
    data_type: 'rvbbit_catalog.pg._type_title(prorettype)',
    type_udt_catalog: 'current_database()',
    type_udt_schema: "'pg_catalog'",
    type_udt_name: '(SELECT typname FROM temp.main._rvbbit_type t WHERE t.oid = prorettype)',
    routine_body: "'EXTERNAL'",
    routine_definition: 'prosrc',
  },
  from: `temp.main._rvbbit_proc p JOIN temp.main._rvbbit_namespace n ON n.oid = pronamespace`,
};
