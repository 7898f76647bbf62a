import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartupError, messageOf } from '../../errors.ts';

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
}

/** Throws StartupError where the address cannot be had. */
export async function startHttpServer({ host, port, app }: HttpServerOptions): Promise<HttpServer> {
  const server = createServer(getRequestListener(app.fetch));
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
