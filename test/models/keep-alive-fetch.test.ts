import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeepAliveFetch } from '../../src/cli/keep-alive-fetch.ts';

let server: Server;
let connections = 0;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let url: string;
let connection: KeepAliveFetch;

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => answer(request, response));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/x?y=1`;
  connection = new KeepAliveFetch();
});

afterEach(async () => {
  connection.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

function echo(request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    const { method, url: path, headers } = request;
    response
      .setHeader('x-answer', 'yes')
      .end(JSON.stringify({ method, path, type: headers['content-type'], body }));
  });
}

describe('fetch over connections that stay open', () => {
  it('sends method, headers and body, and gives status, headers and text', async () => {
    answer = echo;
    const headers = new Headers({ 'content-type': 'application/json' });
    const response = await connection.fetch(url, { method: 'POST', headers, body: '"grüße"' });
    expect([response.status, response.ok, response.headers.get('x-answer')]).toEqual([200, true, 'yes']);
    expect(await response.json()).toEqual({
      method: 'POST',
      path: '/v1/x?y=1',
      type: 'application/json',
      body: '"grüße"',
    });
  });

  it('takes one connection for requests one after another', async () => {
    answer = echo;
    for (let at = 0; at < 5; at += 1) await connection.fetch(url, { method: 'POST', body: `${at}` });
    expect(connections).toBe(1);
  });

  it('gives failures of the endpoint as replies, those without a body too', async () => {
    answer = (_, response) => response.writeHead(429, { 'retry-after': '1' }).end('slow down');
    const refused = await connection.fetch(url);
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
      429,
      '1',
      'slow down',
    ]);
    answer = (_, response) => response.writeHead(204).end();
    expect((await connection.fetch(url)).status).toBe(204);
  });

  it('rejects on an abort, on a reset and on a reply that is cut off', async () => {
    answer = () => undefined;
    const stop = new AbortController();
    const left = connection.fetch(url, { signal: stop.signal });
    stop.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    answer = (request) => request.socket.resetAndDestroy();
    await expect(connection.fetch(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
    };
    await expect(connection.fetch(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
