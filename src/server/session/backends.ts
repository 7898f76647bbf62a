import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { SessionActivity } from '../catalog/session-variables.ts';
import type { SqlError } from '../../errors.ts';
import { AdvisoryLocks } from './advisory-locks.ts';
import type { SessionLocks } from './session-locks.ts';

/** What others may know of a session, and do to it. */
export interface Backend {
  readonly pid: number;
  readonly secret: Buffer;
  readonly user: string;
  readonly database: string;
  readonly locks: SessionLocks;
  readonly startedAt: Date;
  readonly clientAddress: string | null;
  readonly clientPort: number | null;
  applicationName(): string;
  /** Whether it may cancel or end the other one. */
  maySignal(other: Backend): boolean;
  state(): SessionActivity['state'];
  /** The text of the statement that runs or ran last, and when it began. */
  query(): { readonly sql: string; readonly startedAt: Date | null };
  /** Stops the statement in flight, where there is one. */
  cancel(reason: SqlError): void;
  /** As SET does; null resets. Gives the new value. */
  setConfig(name: string, value: string | null, local: boolean): string;
  /** As NOTIFY does. */
  notify(channel: string, payload: string): void;
  /** Ends the session. */
  terminate(reason: SqlError): void;
}

const MAX_PID = 2 ** 31 - 1;

/** The sessions of the server by their process number. */
export class Backends {
  readonly locks = new AdvisoryLocks();
  readonly #backends = new Map<number, Backend>();
  #lastPid = 0;

  /** A number that no living session has. */
  newPid(): number {
    do this.#lastPid = this.#lastPid >= MAX_PID ? 1 : this.#lastPid + 1;
    while (this.#backends.has(this.#lastPid));
    return this.#lastPid;
  }

  newSecret(length: number): Buffer {
    return randomBytes(length);
  }

  add(backend: Backend): void {
    this.#backends.set(backend.pid, backend);
  }

  remove(pid: number): void {
    this.#backends.delete(pid);
  }

  get(pid: number): Backend | undefined {
    return this.#backends.get(pid);
  }

  list(): readonly Backend[] {
    return [...this.#backends.values()];
  }

  /** A cancel request: it says nothing to whoever does not know the secret. */
  cancel(pid: number, secret: Buffer, reason: SqlError): void {
    const backend = this.#backends.get(pid);
    if (backend === undefined || backend.secret.length !== secret.length) return;
    if (timingSafeEqual(backend.secret, secret)) backend.cancel(reason);
  }
}
