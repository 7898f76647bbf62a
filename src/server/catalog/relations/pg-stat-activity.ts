import type { CatalogRelation } from '../relation.ts';

/** The sessions of this server, as the session last told them. */
export const pgStatActivity: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_stat_activity',
  columns: {
    datid: 'a.datid',
    datname: 'a.datname',
    pid: 'a.pid',
    usesysid: 'a.usesysid',
    usename: 'a.usename',
    application_name: 'a.application_name',
    client_addr: 'a.client_addr',
    client_port: 'a.client_port',
    backend_start: 'a.backend_start',
    xact_start: 'a.xact_start',
    query_start: 'a.query_start',
    state_change: 'a.state_change',
    wait_event_type: 'a.wait_event_type',
    wait_event: 'a.wait_event',
    state: 'a.state',
    query: 'a.query',
    backend_type: 'a.backend_type',
  },
  from: `(SELECT unnest(getvariable('rvbbit_activity')) AS a)`,
};
