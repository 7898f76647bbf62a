import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { roleOf } from '../../src/server/access/role.ts';
import { Admission, NO_LIMITS } from '../../src/server/session/admission.ts';
import { listenSql } from '../../src/server/listener.ts';
import { TRUST } from '../../src/server/wire/auth/authenticator.ts';
import { fields, int32, query, RawClient, types } from '../wire/support/raw-client.ts';
import { ServerFixture } from '../wire/support/server-fixture.ts';
import { soak } from '../support/soak.ts';

// Each test starts whole servers and processes of clients.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const SAMPLE = 16 * 1024 * 1024;
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

const open: ServerFixture[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serverWith(limits: Partial<typeof NO_LIMITS>): Promise<ServerFixture> {
  const authenticator = {
    demand: TRUST.demand,
    admit: ({ user }: { readonly user: string }) => {
      const role = roleOf(user, {
        login: true,
        superuser: user === 'boss',
        connectionLimit: user === 'one' ? 1 : null,
      });
      return () => role;
    },
  };
  const server = await ServerFixture.open({
    authenticator,
    admission: new Admission({ ...NO_LIMITS, ...limits }),
  });
  open.push(server);
  return server;
}

/** Reads rows of 1,000 bytes, and gives the largest memory of the process that was seen meanwhile. */
async function largestWhileReading(
  server: ServerFixture,
  rows: number,
): Promise<{ readonly bytes: number; readonly rss: number }> {
  const client = await RawClient.connect(server.port);
  await client.startup();
  let [bytes, rss, sample] = [0, 0, 0];
  client.socket.removeAllListeners('data');
  const done = new Promise<void>((resolve) => {
    client.socket.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes >= sample) {
        rss = Math.max(rss, process.memoryUsage.rss());
        sample += SAMPLE;
      }
      if (chunk.subarray(-6).equals(READY)) resolve();
    });
  });
  client.send(query(`SELECT repeat('x', 1000) FROM range(${rows})`));
  await done;
  client.destroy();
  return { bytes, rss };
}

describe('connections', () => {
  it('above the limit are refused with 53300, the last ones kept for superusers, and places come back', async () => {
    const server = await serverWith({ connections: 3, reserved: 1 });
    const first = await server.pg({ user: 'boss' });
    await server.pg();
    await expect(server.pg()).rejects.toMatchObject({
      code: '53300',
      message: /reserved for roles with the SUPERUSER/,
    });
    await server.pg({ user: 'boss' });
    await expect(server.pg({ user: 'boss' })).rejects.toMatchObject({ code: '53300', severity: 'FATAL' });
    await first.end();
    await expect.poll(() => server.context.admission.connections).toBe(2);
    await server.pg({ user: 'boss' });
  });

  it('of a role have a limit of their own', async () => {
    const server = await serverWith({});
    await server.pg({ user: 'one' });
    await expect(server.pg({ user: 'one' })).rejects.toMatchObject({
      code: '53300',
      message: 'too many connections for role "one"',
    });
    await server.pg();
  });

  it('that do not say who they are end in time', async () => {
    const server = await serverWith({});
    const listener = await listenSql(server.context, { host: '127.0.0.1', port: 0, authenticationMs: 100 });
    const silent = await RawClient.connect(listener.port);
    silent.send(int32(100));
    await silent.ended();
    await listener.close();
  });

  it('that are idle end with 57P05, within a transaction with 25P03', async () => {
    const server = await serverWith({});
    const endOf = async (sql: string): Promise<string | undefined> => {
      const client = await server.session();
      client.send(query(sql));
      const frames = await client.rest();
      return fields(frames.findLast(({ type }) => type === 'E')).C;
    };
    expect(await endOf("SET idle_session_timeout = '50ms'")).toBe('57P05');
    expect(await endOf("SET idle_in_transaction_session_timeout = '50ms'; BEGIN")).toBe('25P03');
    const busy = await server.pg();
    await busy.query("SET idle_session_timeout = '300ms'");
    for (let turn = 0; turn < 4; turn += 1) {
      await sleep(150);
      await busy.query('SELECT 1');
    }
  });
});

describe('statements', () => {
  it('above the limit wait, in turn and cancellable; above the queue they are refused with 53300', async () => {
    const server = await serverWith({ statements: 1, waiting: 1 });
    const [running, waiting, refused] = [await server.pg(), await server.pg(), await server.pg()];
    const long = running.query('SELECT pg_sleep(0.5)');
    await expect.poll(() => server.context.admission.working).toBe(1);
    await waiting.query('SELECT 1').then(() => undefined);
    const again = running.query('SELECT pg_sleep(0.5)');
    await expect.poll(() => server.context.admission.working).toBe(1);
    const next = waiting.query('SELECT 1 AS one');
    await expect.poll(() => server.context.admission.waiting).toBe(1);
    await expect(refused.query('SELECT 1')).rejects.toMatchObject({ code: '53300', severity: 'ERROR' });
    expect((await next).rows).toEqual([{ one: 1 }]);
    await Promise.all([long, again]);
    expect((await refused.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
    expect([server.context.admission.working, server.context.admission.waiting]).toEqual([0, 0]);
  });

  it('of a client that never reads cost little, end in time, and hold nobody up', async () => {
    const server = await serverWith({});
    const client = await server.session();
    client.send(query("SET statement_timeout = '1500ms'"));
    await client.through('Z');
    client.socket.pause();
    const before = process.memoryUsage().rss;
    client.send(query("SELECT repeat('x', 1000) FROM range(1000000)"));
    await sleep(1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    expect(server.context.admission.working).toBe(1);
    const other = await server.pg();
    expect((await other.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await expect.poll(() => server.context.admission.working, { timeout: 5_000 }).toBe(0);
    client.socket.resume();
    const frames = await client.through('Z');
    expect(fields(frames.findLast(({ type }) => type === 'E')).C).toBe('57014');
    client.send(query('SELECT 1'));
    expect(types(await client.through('Z'))).toBe('TDCZ');
  });

  it('a client that never reads can be ended', async () => {
    const server = await serverWith({});
    const client = await server.session();
    client.socket.pause();
    client.send(query("SELECT repeat('x', 1000) FROM range(1000000)"));
    await expect.poll(() => server.context.admission.working).toBe(1);
    const boss = await server.pg({ user: 'boss' });
    await boss.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ada'");
    await expect.poll(() => server.context.admission.connections, { timeout: 10_000 }).toBe(1);
  });

  it('give a gigabyte in the memory of a quarter of it', async () => {
    const server = await serverWith({});
    const quarter = await largestWhileReading(server, 270_000);
    const whole = await largestWhileReading(server, 1_080_000);
    expect(whole.bytes).toBeGreaterThan(1024 ** 3);
    expect(whole.rss - quarter.rss).toBeLessThan(300 * 1024 * 1024);
  });

  it('go on for idle and busy clients side by side without an error', async () => {
    const server = await serverWith({});
    const result = await soak(server.port, { idle: 60, busy: 10, seconds: 5 });
    expect(result.errors).toEqual([]);
    expect(result.statements).toBeGreaterThan(100);
  });
});
