import type { CatalogRelation } from '../relation.ts';

export const informationCharacterSets: CatalogRelation = {
  schema: 'information_schema',
  name: 'character_sets',
  columns: {
    character_set_name: "'UTF8'",
    character_repertoire: "'UCS'",
    form_of_use: "'UTF8'",
    default_collate_catalog: 'current_database()',
    default_collate_schema: "'pg_catalog'",
    default_collate_name: "'default'",
  },
  from: `(SELECT 1)`,
};
