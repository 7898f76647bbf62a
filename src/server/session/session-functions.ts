import {
  BIGINT,
  BOOLEAN,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import type { LockRequest } from './advisory-locks.ts';
import { OPERATOR_CATALOG } from '../engine/operator-catalog.ts';
import type { Backends } from './backends.ts';
import type { SessionLocks } from './session-locks.ts';
import { canceledByUser } from './statement-run.ts';

/** A function of SQL that does something to a session; its first argument is the session that calls it. */
interface SessionFunction {
  readonly name: string;
  /** The macro under which SQL knows it. */
  readonly macro: string;
  readonly types: readonly DuckDBType[];
  readonly returns: DuckDBType;
  readonly call: (backends: Backends, args: readonly DuckDBValue[]) => DuckDBValue;
}

const CALLER = "getvariable('rvbbit_backend_pid')";

const FUNCTIONS: readonly SessionFunction[] = Object.freeze([
  {
    name: '__rvbbit_cancel_backend',
    macro: `pg_cancel_backend(pid) AS __rvbbit_cancel_backend(${CALLER}, pid)`,
    types: [INTEGER, INTEGER],
    returns: BOOLEAN,
    call: (backends, args) => stop(backends, args, (backend) => backend.cancel(canceledByUser())),
  },
  {
    name: '__rvbbit_terminate_backend',
    macro: `pg_terminate_backend(pid) AS __rvbbit_terminate_backend(${CALLER}, pid), (pid, timeout) AS __rvbbit_terminate_backend(${CALLER}, pid)`,
    types: [INTEGER, INTEGER],
    returns: BOOLEAN,
    call: (backends, args) => stop(backends, args, (backend) => backend.terminate(terminated())),
  },
  {
    name: '__rvbbit_set_config',
    macro: `set_config(name, value, is_local) AS __rvbbit_set_config(${CALLER}, name, value, is_local)`,
    types: [INTEGER, VARCHAR, VARCHAR, BOOLEAN],
    returns: VARCHAR,
    call: (backends, [pid, name, value, local]) =>
      caller(backends, pid).setConfig(String(name), value === null ? null : String(value), local === true),
  },
  {
    name: '__rvbbit_notify',
    macro: `pg_notify(channel, payload) AS __rvbbit_notify(${CALLER}, channel, payload)`,
    types: [INTEGER, VARCHAR, VARCHAR],
    returns: VARCHAR,
    call(backends, [pid, channel, payload]) {
      caller(backends, pid).notify(String(channel), payload === null ? '' : String(payload));
      return '';
    },
  },
  ...lockFunctions('pg_advisory_lock', (locks, request) => void locks.lock({ ...request, local: false })),
  ...lockFunctions('pg_advisory_xact_lock', (locks, request) => void locks.lock({ ...request, local: true })),
  ...lockFunctions('pg_try_advisory_lock', (locks, request) => locks.tryLock({ ...request, local: false })),
  ...lockFunctions('pg_try_advisory_xact_lock', (locks, request) =>
    locks.tryLock({ ...request, local: true }),
  ),
  ...lockFunctions('pg_advisory_unlock', (locks, request) => locks.unlock({ ...request, local: false })),
  {
    name: '__rvbbit_advisory_unlock_all',
    macro: `pg_advisory_unlock_all() AS __rvbbit_advisory_unlock_all(${CALLER})`,
    types: [INTEGER],
    returns: VARCHAR,
    call(backends, [pid]) {
      caller(backends, pid).locks.release('session');
      return '';
    },
  },
] satisfies readonly SessionFunction[]);

type LockCall = (locks: SessionLocks, request: Omit<LockRequest, 'local'>) => boolean | undefined;

/** A function of advisory locks, exclusive and shared, by one number or by two. What gives no answer is void. */
function lockFunctions(name: string, call: LockCall): readonly SessionFunction[] {
  const returns = name.startsWith('pg_try') || name.endsWith('unlock') ? BOOLEAN : VARCHAR;
  return [false, true].map((shared) => {
    const called = shared ? `${name}_shared` : name;
    const native = called.replace('pg_', '__rvbbit_');
    return {
      name: native,
      macro: `${called}(key) AS ${native}(${CALLER}, key::BIGINT, NULL::BIGINT), (key1, key2) AS ${native}(${CALLER}, key1::BIGINT, key2::BIGINT)`,
      types: [INTEGER, BIGINT, BIGINT],
      returns,
      call(backends, [pid, first, second]) {
        if (first === null) return null;
        const { locks, database } = caller(backends, pid);
        const key = [database, first, ...(second === null ? [] : [second])].join(':');
        return call(locks, { key, shared }) ?? '';
      },
    };
  });
}

/** Makes pg_cancel_backend, pg_terminate_backend, set_config and pg_notify callable in a database. */
export async function installSessionFunctions(
  connection: DuckDBConnection,
  backends: Backends,
): Promise<void> {
  for (const definition of FUNCTIONS) {
    connection.registerScalarFunction(nativeFunction(definition, backends));
    await connection.run(`CREATE OR REPLACE MACRO ${OPERATOR_CATALOG}.main.${definition.macro}`);
  }
}

/** Volatile: a call in a statement that is only described does nothing. */
function nativeFunction(
  { name, types, returns, call }: SessionFunction,
  backends: Backends,
): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    parameterTypes: types,
    returnType: returns,
    volatile: true,
    specialHandling: true,
    mainFunction(info, chunk, out) {
      try {
        callRows(chunk, out, (args) => call(backends, args));
      } catch (error) {
        info.setError(error instanceof Error ? error.message : String(error));
      }
    },
  });
}

function callRows(
  chunk: DuckDBDataChunk,
  out: DuckDBVector,
  call: (args: readonly DuckDBValue[]) => DuckDBValue,
): void {
  for (let row = 0; row < chunk.rowCount; row += 1) out.setItem(row, call(chunk.getRowValues(row)));
  out.flush();
}

type StoppedBackend = NonNullable<ReturnType<Backends['get']>>;

/** NULL stops nobody; false says that there is no such session. */
function stop(
  backends: Backends,
  [by, pid]: readonly DuckDBValue[],
  how: (backend: StoppedBackend) => void,
): DuckDBValue {
  if (pid === null || pid === undefined) return null;
  const backend = backends.get(Number(pid));
  if (backend !== undefined) {
    requireSignalRights(backends.get(Number(by)), backend);
    how(backend);
  }
  return backend !== undefined;
}

function requireSignalRights(by: StoppedBackend | undefined, target: StoppedBackend): void {
  if (by?.maySignal(target) === true) return;
  throw new SqlError('42501', 'permission denied to stop the statements of another role', {
    detail: 'Only the same role, and roles with privileges of "pg_signal_backend", may do it.',
  });
}

function caller(backends: Backends, pid: DuckDBValue | undefined): StoppedBackend {
  const backend = backends.get(Number(pid));
  if (backend === undefined) throw new SqlError('08003', 'this function needs a client session');
  return backend;
}

function terminated(): SqlError {
  return new SqlError('57P01', 'terminating connection due to administrator command', { severity: 'FATAL' });
}
