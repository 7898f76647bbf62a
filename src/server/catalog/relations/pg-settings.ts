import type { CatalogRelation } from '../relation.ts';

/** The session's settings as it last told them. */
export const pgSettings: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_settings',
  columns: {
    name: 'e.key',
    setting: 'e.value',
    category: "'Client Connection Defaults'",
    short_desc: "''",
    context: "'user'",
    vartype: "'string'",
    source: "'session'",
    boot_val: 'e.value',
    reset_val: 'e.value',
    pending_restart: 'false',
  },
  from: `(SELECT unnest(map_entries(getvariable('rvbbit_settings'))) AS e)`,
};
