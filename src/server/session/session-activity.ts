import type { SessionActivity } from '../catalog/session-variables.ts';
import type { Backend } from './backends.ts';

/** A session as pg_stat_activity shows it. */
export function sessionActivity(backend: Backend): SessionActivity {
  const { sql, startedAt } = backend.query();
  const state = backend.state();
  return {
    pid: backend.pid,
    database: backend.database,
    user: backend.user,
    applicationName: backend.applicationName(),
    clientAddress: backend.clientAddress,
    clientPort: backend.clientPort,
    started: backend.startedAt,
    transactionStarted: state === 'idle' ? null : startedAt,
    queryStarted: startedAt,
    state,
    query: sql,
  };
}

/** As others see it who have no right to more. */
export function hiddenActivity(activity: SessionActivity): SessionActivity {
  return {
    ...activity,
    applicationName: '',
    clientAddress: null,
    clientPort: null,
    transactionStarted: null,
    queryStarted: null,
    query: '<insufficient privilege>',
  };
}
