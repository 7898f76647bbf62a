import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartupError, messageOf } from '../../errors.ts';
import type { TlsIdentity, TlsSource } from '../wire/tls-identity.ts';

export interface HttpServer {
  readonly port: number;
  /** Takes no more requests and ends the open ones. */
  close(): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly app: Hono;
  /** What it shows on encrypted lines; left out, it speaks plain HTTP. */
  readonly tls?: TlsSource | null;
}

/** Throws StartupError where the address cannot be had. */
export async function startHttpServer({ host, port, app, tls }: HttpServerOptions): Promise<HttpServer> {
  const server = listenerOf(app, tls ?? null);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(host, port, error)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/** With TLS, each line gets the certificate that is in force when it begins. */
function listenerOf(app: Hono, tls: TlsSource | null): Server {
  const listener = getRequestListener(app.fetch);
  if (tls === null) return createServer(listener);
  const server = createTlsServer(
    {
      ...contextOf(tls.current()),
      requestCert: tls.current().files.ca !== null,
      rejectUnauthorized: false,
    },
    listener,
  );
  let shown = tls.current();
  return server.prependListener('connection', () => {
    const now = tls.current();
    if (now !== shown) server.setSecureContext(contextOf(now));
    shown = now;
  });
}

function contextOf({ files: { cert, key, ca } }: TlsIdentity) {
  return { cert, key, ...(ca === null ? {} : { ca }) };
}

function cannotListen(host: string, port: number, error: Error): StartupError {
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  return new StartupError(
    taken
      ? `port ${port} on ${host} is in use`
      : `the HTTP server cannot listen on ${host}:${port}: ${messageOf(error)}`,
    'Give another port with --http-port, or 0 for a free one.',
    error,
  );
}
