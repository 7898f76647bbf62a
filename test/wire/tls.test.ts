import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tlsIdentity } from '../../src/server/wire/tls-identity.ts';
import { fields, int32, packet, startupMessage } from './support/raw-client.ts';
import { ServerFixture } from './support/server-fixture.ts';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const cert = fixture('localhost-cert.pem');
const identity = tlsIdentity({ cert, key: fixture('localhost-key.pem'), ca: null });
const SSL = packet(int32(80877103));

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open({ tls: { current: () => identity } });
});
afterAll(async () => {
  await server.close();
});

describe('TLS', () => {
  it('serves a client that verifies the certificate and the name, and one that wants none', async () => {
    const encrypted = await server.pg({ host: 'localhost', ssl: { ca: cert, rejectUnauthorized: true } });
    const { rows } = await encrypted.query("SELECT repeat('x', 100000) AS t FROM range(20)");
    expect(rows.map(({ t }: { t: string }) => t.length)).toEqual(Array<number>(20).fill(100_000));
    const plain = await server.pg();
    expect((await plain.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('begins at once where the client sends no SSLRequest', async () => {
    const socket = connectTls({
      port: server.port,
      host: 'localhost',
      ca: cert,
      ALPNProtocols: ['postgresql'],
    });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    expect(socket.alpnProtocol).toBe('postgresql');
    socket.write(startupMessage({ user: 'ada', database: 'default' }));
    const first = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    expect(String.fromCharCode(first[0] ?? 0)).toBe('R');
    socket.destroy();
  });

  it('refuses plain bytes that came along with the request for it', async () => {
    const client = await server.raw();
    client.send(SSL, startupMessage({ user: 'mallory', database: 'default' }));
    const [error] = await client.rest();
    expect(fields(error)).toMatchObject({ S: 'FATAL', C: '08P01' });
  });

  it('that fails in its handshake ends that connection alone', async () => {
    const client = await server.raw();
    client.send(SSL);
    expect(await client.byte()).toBe('S'.charCodeAt(0));
    client.send(Buffer.from('this is no TLS record at all'));
    await client.ended();
    expect((await (await server.pg()).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
