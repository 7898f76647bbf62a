import type { SqlError } from '../../errors.ts';
import type { Backend } from './backends.ts';
import type { Session } from './session.ts';

/** What a session does not know of the line that its client has. */
export interface ClientLine {
  readonly secret: Buffer;
  readonly address: string | null;
  readonly port: number | null;
  readonly terminate: (reason: SqlError) => void;
}

/** A session as others see it. */
export function sessionBackend(session: Session, { secret, address, port, terminate }: ClientLine): Backend {
  const { pid, user, database } = session.options;
  return {
    pid,
    secret,
    user,
    database,
    locks: session.locks,
    startedAt: new Date(),
    clientAddress: address,
    clientPort: port,
    applicationName: () => session.settings.known('application_name'),
    maySignal: (other) => session.maySignal(other.user),
    state: () => session.state,
    query: () => session.query,
    cancel: (reason) => session.cancel(reason),
    setConfig: (name, value, local) => session.setConfig(name, value, local),
    notify: (channel, payload) => session.subscriptions.notify({ pid, channel, payload }),
    terminate,
  };
}
