import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartupError } from '../../src/errors.ts';
import { listenSql } from '../../src/server/listener.ts';
import { passwordAuthenticator } from '../../src/server/wire/auth/password-authenticator.ts';
import {
  cells,
  cstring,
  fields,
  int32,
  message,
  packet,
  query,
  startupMessage,
  types,
} from './support/raw-client.ts';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open();
});
afterAll(async () => {
  await server.close();
});

const SSL = packet(int32(80877103));
const GSS = packet(int32(80877104));

describe('start-up', () => {
  it('takes a start-up packet and a query that come byte by byte', async () => {
    const client = await server.raw();
    await client.sendSlowly(startupMessage({ user: 'ada', database: 'default' }));
    expect(types(await client.through('Z'))).toMatch(/^RS+KZ$/);
    await client.sendSlowly(query('SELECT 42'));
    expect(types(await client.through('Z'))).toBe('TDCZ');
  });

  it('takes a start-up packet split in two at any byte', async () => {
    const bytes = startupMessage({ user: 'ada', database: 'default' });
    for (let at = 1; at < bytes.length; at += 1) {
      const client = await server.raw();
      client.send(bytes.subarray(0, at));
      await new Promise((resolve) => setImmediate(resolve));
      client.send(bytes.subarray(at));
      expect((await client.through('Z')).at(-1)?.body.toString()).toBe('I');
      client.destroy();
    }
  });

  it('answers SSLRequest and GSSENCRequest with N and goes on in plain text', async () => {
    const client = await server.raw();
    client.send(SSL);
    expect(await client.byte()).toBe('N'.charCodeAt(0));
    client.send(GSS);
    expect(await client.byte()).toBe('N'.charCodeAt(0));
    await client.startup();
  });

  it('reports the parameters that libpq keeps', async () => {
    const client = await server.raw();
    const frames = await client.startup({ application_name: 'probe', TimeZone: 'Europe/Paris' });
    const reported = new Map(
      frames
        .filter(({ type }) => type === 'S')
        .map(({ body }) => body.toString().split('\0') as [string, string, string])
        .map(([name, value]) => [name, value]),
    );
    expect(Object.fromEntries(reported)).toMatchObject({
      application_name: 'probe',
      client_encoding: 'UTF8',
      DateStyle: 'ISO, MDY',
      default_transaction_read_only: 'off',
      in_hot_standby: 'off',
      integer_datetimes: 'on',
      IntervalStyle: 'postgres',
      is_superuser: 'on',
      server_encoding: 'UTF8',
      session_authorization: 'ada',
      standard_conforming_strings: 'on',
      TimeZone: 'Europe/Paris',
    });
    expect(reported.get('server_version')).toMatch(/^15\./);
  });

  it('gives a secret of 4 bytes to protocol 3.0 and of 32 to 3.2', async () => {
    const secretLength = async (version: number): Promise<number | undefined> => {
      const client = await server.raw();
      client.send(startupMessage({ user: 'ada', database: 'default' }, version));
      const frames = await client.through('Z');
      return frames.find(({ type }) => type === 'K')?.body.subarray(4).length;
    };
    expect(await secretLength(196_608)).toBe(4);
    expect(await secretLength(196_610)).toBe(32);
  });

  it('negotiates a newer minor version and unknown protocol options down', async () => {
    const client = await server.raw();
    client.send(startupMessage({ user: 'ada', database: 'default', '_pq_.grease': '1' }, (3 << 16) | 9999));
    const [first] = await client.through('Z');
    expect(first?.type).toBe('v');
    expect(first?.body.readInt32BE(0)).toBe((3 << 16) | 2);
    expect(first?.body.readInt32BE(4)).toBe(1);
    expect(first?.body.subarray(8).toString()).toBe('_pq_.grease\0');
  });

  it('refuses protocol 2 with a FATAL error', async () => {
    const client = await server.raw();
    client.send(startupMessage({ user: 'ada' }, 131_072));
    const [error] = await client.rest();
    expect(fields(error)).toMatchObject({ S: 'FATAL', C: '0A000' });
  });

  it('refuses a start-up without a user, with an unknown setting and with a bad value', async () => {
    const codeOf = async (parameters: Record<string, string>): Promise<string | undefined> => {
      const client = await server.raw();
      client.send(startupMessage(parameters));
      const error = (await client.rest()).find(({ type }) => type === 'E');
      return fields(error).C;
    };
    expect(await codeOf({ database: 'default' })).toBe('28000');
    expect(await codeOf({ user: 'ada', database: 'default', nonsense: '1' })).toBe('42704');
    expect(await codeOf({ user: 'ada', database: 'default', client_encoding: 'EUC_JP' })).toBe('22023');
    expect(await codeOf({ user: 'ada', database: '../etc/passwd' })).toBe('3D000');
  });

  it('takes settings from options', async () => {
    const client = await server.session({
      options: '-c statement_timeout=5s --search_path=pg_catalog,\\ public',
    });
    client.send(query('SHOW statement_timeout; SHOW search_path'));
    const rows = (await client.through('Z'))
      .filter(({ type }) => type === 'D')
      .map((row) => String(cells(row)[0]));
    expect(rows).toEqual(['5s', 'pg_catalog, public']);
  });

  it('closes the line on an HTTP probe, on garbage and on a length beyond all measure, and serves others on', async () => {
    for (const bytes of [
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.from([0, 0, 0, 0, 1, 2, 3, 4]),
      Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0]),
    ]) {
      const client = await server.raw();
      client.send(bytes);
      await client.ended();
    }
    const other = await server.session();
    other.send(query('SELECT 1'));
    expect(types(await other.through('Z'))).toBe('TDCZ');
  });

  it('survives a client that resets the line in the middle of a statement', async () => {
    const client = await server.session();
    client.send(query('SELECT * FROM range(10000000)'));
    client.socket.resetAndDestroy();
    const other = await server.session();
    other.send(query('SELECT 1'));
    expect(types(await other.through('Z'))).toBe('TDCZ');
  });

  it('says in one line that a port is in use', async () => {
    const attempt = listenSql(server.context, { host: '127.0.0.1', port: server.port });
    await expect(attempt).rejects.toThrow(StartupError);
    await expect(attempt).rejects.toThrow(`port ${server.port} on 127.0.0.1 is in use`);
  });

  it('ends its connections with 57P01 when it closes', async () => {
    const own = await ServerFixture.open();
    const client = await own.session();
    const closing = own.listener.close();
    const [error] = await client.rest();
    expect(fields(error)).toMatchObject({ S: 'FATAL', C: '57P01' });
    await closing;
    await own.engine.close();
    await expect(
      new Promise((_, reject) => connect(own.port, '127.0.0.1').once('error', reject)),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('authentication', () => {
  for (const method of ['password', 'md5', 'scram-sha-256'] as const) {
    it(`lets in who knows the password and nobody else, by ${method}`, async () => {
      const authenticator = passwordAuthenticator(
        method,
        new Map([
          ['ada', 'sécret'],
          ['eve', 'other'],
        ]),
      );
      const guarded = await ServerFixture.open({ authenticator });
      const client = await guarded.pg({ password: 'sécret' });
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      const refused = { code: '28P01', severity: 'FATAL' };
      await expect(guarded.pg({ password: 'other' })).rejects.toMatchObject(refused);
      await expect(guarded.pg({ user: 'nobody', password: 'sécret' })).rejects.toMatchObject(refused);
      await guarded.close();
    });
  }

  it('closes the line on another message than a password', async () => {
    const guarded = await ServerFixture.open({
      authenticator: passwordAuthenticator('password', new Map([['ada', 'x']])),
    });
    const client = await guarded.raw();
    client.send(startupMessage({ user: 'ada', database: 'default' }), message('Q', cstring('SELECT 1')));
    const frames = await client.rest();
    expect(fields(frames.at(-1))).toMatchObject({ S: 'FATAL', C: '08P01' });
    await guarded.close();
  });
});
