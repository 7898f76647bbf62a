import { createServer, type Server } from 'node:net';
import { messageOf, SqlError, StartupError } from '../errors.ts';
import { Connection } from './connection.ts';
import type { ServerContext } from './session/server-context.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Most time from a client's first byte to its proof; a minute where left out. */
  readonly authenticationMs?: number;
}

/** The SQL port, open. */
export interface SqlListener {
  /** The port that was taken. */
  readonly port: number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** A client whose machine has gone is found out by probes. */
const SOCKETS = Object.freeze({
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
});

/** Throws StartupError where the port cannot be had. */
export async function listenSql(context: ServerContext, options: ListenOptions): Promise<SqlListener> {
  const connections = new Map<Connection, Promise<void>>();
  const server = createServer(SOCKETS, (socket) => {
    const connection = new Connection(context, socket, options.authenticationMs);
    const served = connection.serve().finally(() => connections.delete(connection));
    connections.set(connection, served);
  });
  await listening(server, options);
  const address = server.address();
  return Object.freeze({
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => closeAll(server, connections),
  });
}

function listening(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, host, port)));
    server.listen({ host, port }, resolve);
  });
}

function portError(error: Error, host: string, port: number): StartupError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new StartupError(
      `port ${port} on ${host} is in use`,
      'Stop what listens there, or choose another with --sql-port.',
      error,
    );
  }
  if (code === 'EACCES') {
    return new StartupError(
      `port ${port} on ${host} may not be taken`,
      'Choose one above 1023 with --sql-port.',
      error,
    );
  }
  return new StartupError(`cannot listen on ${host}:${port}: ${messageOf(error)}`, undefined, error);
}

async function closeAll(server: Server, connections: ReadonlyMap<Connection, Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const reason = new SqlError('57P01', 'terminating connection due to administrator command', {
    severity: 'FATAL',
  });
  for (const connection of connections.keys()) connection.terminate(reason);
  await Promise.all(connections.values());
  await closed;
}
