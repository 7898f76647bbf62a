import type { CatalogRelation } from '../relation.ts';

export const pgLanguage: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_language',
  columns: {
    oid: 'oid',
    lanname: 'lanname',
    lanowner: '10',
    lanispl: 'lanispl',
    lanpltrusted: 'lanpltrusted',
    lanplcallfoid: 'CASE oid WHEN 13563 THEN 13560 ELSE 0 END',
  },
  from: `(VALUES (12, 'internal', false, false), (13, 'c', false, false), (14, 'sql', false, true), (13563, 'plpgsql', true, true)) AS t (oid, lanname, lanispl, lanpltrusted)`,
};
