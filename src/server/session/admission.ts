import { SqlError } from '../../errors.ts';
import type { Role } from '../access/role.ts';

export interface AdmissionLimits {
  readonly connections: number;
  /** Of those, how many are kept for superusers. */
  readonly reserved: number;
  /** Statements at work; the next ones wait. */
  readonly statements: number;
  /** Statements that wait; the next ones are refused. */
  readonly waiting: number;
}

export const NO_LIMITS: AdmissionLimits = Object.freeze({
  connections: Infinity,
  reserved: 0,
  statements: Infinity,
  waiting: Infinity,
});

/** Counts who is in and what is at work. One a server. */
export class Admission {
  readonly #byRole = new Map<string, number>();
  readonly #queue: (() => void)[] = [];
  #connections = 0;
  #working = 0;

  constructor(private readonly limits: AdmissionLimits) {}

  get connections(): number {
    return this.#connections;
  }

  get working(): number {
    return this.#working;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Gives what is to be called when the connection ends. Throws a FATAL SqlError 53300. */
  enter(role: Role): () => void {
    const { connections, reserved } = this.limits;
    const left = connections - this.#connections;
    if (left <= 0) throw full('sorry, too many clients already');
    if (left <= reserved && !role.superuser) {
      throw full('remaining connection slots are reserved for roles with the SUPERUSER attribute');
    }
    const own = this.#byRole.get(role.name) ?? 0;
    if (role.connectionLimit !== null && own >= role.connectionLimit && !role.superuser) {
      throw full(`too many connections for role "${role.name}"`);
    }
    this.#connections += 1;
    this.#byRole.set(role.name, own + 1);
    return () => this.#leave(role.name);
  }

  /** Resolves when the statement may work; gives what ends it. Rejects with 53300 where too many wait, or the signal's reason. */
  async begin(signal: AbortSignal): Promise<() => void> {
    if (this.#working >= this.limits.statements) await this.#turn(signal);
    else this.#working += 1;
    return () => this.#end();
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#queue.length >= this.limits.waiting) {
      throw new SqlError('53300', `${this.#queue.length} statements wait already`, {
        hint: 'Try again later, or raise RVBBIT_MAX_STATEMENTS or RVBBIT_MAX_WAITING.',
      });
    }
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#queue.splice(this.#queue.indexOf(go), 1);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return reject(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      this.#queue.push(go);
    });
  }

  /** The place goes to who waits longest. */
  #end(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#working -= 1;
    else next();
  }

  #leave(name: string): void {
    this.#connections -= 1;
    const left = (this.#byRole.get(name) ?? 1) - 1;
    if (left > 0) this.#byRole.set(name, left);
    else this.#byRole.delete(name);
  }
}

function full(message: string): SqlError {
  return new SqlError('53300', message, { severity: 'FATAL' });
}
