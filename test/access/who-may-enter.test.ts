import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeProgram } from '../../src/cli/program.ts';
import { ChildServer } from '../acceptance/child-server.ts';
import { type Server, Servers } from '../acceptance/server-fixture.ts';
import { readVerifier, scramVerifier, verifierText } from '../../src/server/wire/auth/scram-verifier.ts';

// Each test starts whole servers and processes of clients.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const servers = new Servers();
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
  await servers.close();
});

const PASSWORD = 'päss word';

async function withAccess(yaml: string, env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'rvbbit-access-'));
  await writeFile(join(folder, 'access.yaml'), yaml);
  return servers.open(env, folder);
}

async function enter(server: Server, config: ClientConfig = {}): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port: server.running.sqlPort,
    database: 'default',
    user: 'ada',
    ...config,
  });
  await client.connect();
  clients.push(client);
  return client;
}

const verifier = (password = PASSWORD): string => verifierText(scramVerifier(password));
const boss = (): string => `boss: { password: "${verifier('boss')}", superuser: true }`;
const outside = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.internal === false && one.family === 'IPv4')?.address;

describe('a server of this machine alone', () => {
  it('lets everybody in as administrator, and takes a password of those alone who have one', async () => {
    const server = await servers.open();
    const local = await enter(server);
    expect((await local.query('SHOW is_superuser')).rows).toEqual([{ is_superuser: 'on' }]);
    await local.query(`CREATE ROLE reader LOGIN PASSWORD '${PASSWORD}' READ ONLY`);
    await expect(enter(server, { user: 'reader', password: 'wrong' })).rejects.toMatchObject({
      code: '28P01',
    });
    const reader = await enter(server, { user: 'reader', password: PASSWORD });
    expect((await reader.query('SHOW is_superuser')).rows).toEqual([{ is_superuser: 'off' }]);
    await enter(server, { user: 'whoever' });
  });

  it('takes a password of everybody once an administrator has one', async () => {
    const server = await servers.open();
    const local = await enter(server);
    await local.query("CREATE USER boss SUPERUSER PASSWORD 'boss'");
    await expect(enter(server, { user: 'whoever', password: 'x' })).rejects.toMatchObject({ code: '28P01' });
    await enter(server, { user: 'boss', password: 'boss' });
    expect((await fetch(server.url('/api/operators'))).status).toBe(401);
  });

  it('keeps accounts over a restart, as verifiers in a file that others cannot read', async () => {
    const server = await servers.open();
    const local = await enter(server);
    await local.query(`CREATE ROLE ada LOGIN PASSWORD '${PASSWORD}' CONNECTION LIMIT 7`);
    await local.query("ALTER ROLE ada SET statement_timeout = '5s'");
    await local.end();
    await server.stop();
    const path = join(server.dataDir, 'access.yaml');
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain(PASSWORD);
    expect(readVerifier(/SCRAM-SHA-256\S+/.exec(text)?.[0] ?? '')).not.toBeNull();
    expect((await stat(path)).mode & 0o077).toBe(0);
    const again = await servers.open({}, server.dataDir);
    const ada = await enter(again, { password: PASSWORD });
    expect((await ada.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '5s' }]);
    expect(
      (await ada.query("SELECT rolconnlimit, rolconfig FROM pg_roles WHERE rolname = 'ada'")).rows,
    ).toEqual([{ rolconnlimit: 7, rolconfig: ['statement_timeout=5s'] }]);
  });
});

describe('a server of the network', () => {
  it('does not start without an account, and says in one line why and what to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-open-'));
    for (const host of ['0.0.0.0', outside ?? '::']) {
      const child = ChildServer.run(['serve', '--host', host], {
        RVBBIT_DATA: folder,
        RVBBIT_SQL_PORT: '0',
        RVBBIT_HTTP_PORT: '0',
      });
      expect(await child.ended()).toBe(1);
      expect(child.output).toMatch(
        /^rvbbit: --host \S+ lets other machines in, .*no account.*rvbbit role create.*\n$/,
      );
    }
    await rm(folder, { recursive: true });
  });

  it('takes the password of RVBBIT_PASSWORD, on loopback too', async () => {
    const server = await servers.open({ RVBBIT_HOST: '0.0.0.0', RVBBIT_PASSWORD: PASSWORD });
    await expect(enter(server, { user: 'rvbbit', password: 'x' })).rejects.toMatchObject({ code: '28P01' });
    await expect(enter(server, { user: 'ada', password: PASSWORD })).rejects.toMatchObject({ code: '28P01' });
    await enter(server, { user: 'rvbbit', password: PASSWORD });
    if (outside !== undefined) await enter(server, { host: outside, user: 'rvbbit', password: PASSWORD });
  });
});

describe('the file of accounts and rules', () => {
  it('decides by the first rule that fits: address, user, database, encryption', async () => {
    const server = await withAccess(`
rules:
  - { user: mallory, address: all, method: reject }
  - { type: hostssl, address: all, method: trust }
  - { database: other, user: [ada], address: 127.0.0.0/8, method: scram-sha-256 }
  - { user: +staff, address: 127.0.0.1, method: password }
roles:
  ${boss()}
  ada: { password: "${verifier()}" }
  staff: { login: false }
  bob: { password: "${verifier('bob')}", member_of: [staff], databases: [default] }
  mallory: { password: "${verifier()}" }
`);
    const refused = { code: '28000' };
    await expect(enter(server, { user: 'mallory', password: PASSWORD })).rejects.toMatchObject(refused);
    await expect(enter(server, { password: PASSWORD })).rejects.toMatchObject({
      ...refused,
      message: 'no access rule for host "127.0.0.1", user "ada", database "default", no encryption',
    });
    await enter(server, { user: 'bob', password: 'bob' });
    await expect(enter(server, { user: 'bob', password: 'no' })).rejects.toMatchObject({ code: '28P01' });
  });

  it('confines a role to its databases, makes none for it, and keeps out who may not log in or is late', async () => {
    const server = await withAccess(`
roles:
  ${boss()}
  ada: { password: "${verifier()}", databases: [default] }
  group: { password: "${verifier()}", login: false }
  late: { password: "${verifier()}", valid_until: 2020-01-01 }
  free: { password: "${verifier()}" }
`);
    const as = (user: string, database = 'default') => enter(server, { user, password: PASSWORD, database });
    await as('ada');
    await expect(as('ada', 'other')).rejects.toMatchObject({ code: '42501' });
    await expect(as('free', 'other')).rejects.toMatchObject({ code: '3D000' });
    await expect(as('group')).rejects.toMatchObject({ code: '28000' });
    await expect(as('late')).rejects.toMatchObject({ code: '28P01' });
  });

  it('is refused with the line of its first mistake', async () => {
    const open = (yaml: string) => withAccess(yaml);
    await expect(open('roles:\n  ada: { password: plain }\n')).rejects.toThrow(
      /access\.yaml:2: roles\.ada\.password: is no verifier/,
    );
    await expect(open('rules:\n  - { address: 10.0.0.0/99, method: trust }\n')).rejects.toThrow(
      /:2: rules\.0\.address/,
    );
    await expect(open('roles:\n  ada: { sudo: true }\n')).rejects.toThrow(/sudo/);
    await expect(open('roles:\n  ada: { settings: { statement_timeout: soon } }\n')).rejects.toThrow(
      /statement_timeout/,
    );
  });

  it('keeps what people wrote when SQL changes a role, and is read again when they change it', async () => {
    const server = await withAccess(`# who works here\nroles:\n  ${boss()} # the boss\n`);
    const admin = await enter(server, { user: 'boss', password: 'boss' });
    await admin.query("CREATE ROLE ada LOGIN PASSWORD 'a'");
    const path = join(server.dataDir, 'access.yaml');
    const text = await readFile(path, 'utf8');
    expect(text).toContain('# who works here');
    expect(text).toContain('# the boss');
    await writeFile(path, text.replace(/ {2}ada:[\s\S]*$/, `  eve: { password: "${verifier()}" }\n`));
    process.emit('SIGHUP');
    await expect
      .poll(
        () =>
          enter(server, { user: 'eve', password: PASSWORD }).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
    await expect(enter(server, { user: 'ada', password: 'a' })).rejects.toMatchObject({ code: '28P01' });
    await writeFile(path, 'roles: [nonsense');
    process.emit('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await enter(server, { user: 'eve', password: PASSWORD });
    expect(server.console.join()).toContain('The accounts stay as they were');
  });

  it('is written by the command line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-role-'));
    const input = { input: `${PASSWORD}\n` };
    execFileSync(
      'node',
      ['bin/rvbbit.cjs', 'role', 'create', 'boss', '--superuser', '--data', folder],
      input,
    );
    const printed: string[] = [];
    const print = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => printed.push(String(text)) > 0);
    const run = (...args: string[]) =>
      makeProgram({}).parseAsync(['node', 'rvbbit', 'role', ...args, '--data', folder]);
    await run('create', 'bot', '--read-only', '--no-password', '--token');
    await run('list');
    print.mockRestore();
    const token = /token, shown this once: (\S+)/.exec(printed.join(''))?.[1] ?? '';
    expect(printed.slice(-2)).toEqual([
      'boss: superuser, password\n',
      'bot: read only, no password, 1 token\n',
    ]);
    const server = await servers.open({}, folder);
    await enter(server, { user: 'boss', password: PASSWORD });
    const get = (authorization?: string) =>
      fetch(server.url('/api/operators'), authorization === undefined ? {} : { headers: { authorization } });
    expect((await get()).status).toBe(401);
    expect((await get(`Bearer ${token}`)).status).toBe(200);
    expect((await get('Bearer nonsense')).status).toBe(401);
    await run('drop', 'bot');
    process.emit('SIGHUP');
    await expect.poll(async () => (await get(`Bearer ${token}`)).status, { timeout: 10_000 }).toBe(401);
  });
});

describe('HTTP', () => {
  it('takes the same accounts, and keeps read-only roles from marking and from each other’s runs', async () => {
    const server = await withAccess(`
roles:
  ${boss()}
  reader: { password: "${verifier()}", read_only: true }
`);
    const basic = (user: string, password: string) =>
      `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const challenge = await fetch(server.url('/'));
    expect([challenge.status, challenge.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="rvbbit", charset="UTF-8"',
    ]);
    const post = (path: string, body: object, authorization: string) =>
      fetch(server.url(path), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const sql = async (text: string, authorization: string) =>
      (
        await post(
          '/api/sql/run',
          { run_id: text, session_key: 'k', database: 'default', sql: text, max_rows: 10 },
          authorization,
        )
      ).text();
    const [admin, reader] = [basic('boss', 'boss'), basic('reader', PASSWORD)];
    expect((await fetch(server.url('/'), { headers: { authorization: admin } })).status).toBe(200);
    expect(
      (await fetch(server.url('/api/operators'), { headers: { authorization: basic('reader', 'no') } }))
        .status,
    ).toBe(401);
    expect(
      (
        await fetch(server.url('/api/operators'), {
          headers: { authorization: reader, origin: 'https://evil.example' },
        })
      ).status,
    ).toBe(403);
    expect(await sql('SELECT current_user AS me', admin)).toContain('[["boss"]]');
    expect(await sql('SELECT current_user AS me', reader)).toContain('[["reader"]]');
    expect(
      (await post('/api/training/mark-trainable', { trace_ids: ['x'], trainable: true }, reader)).status,
    ).toBe(403);
    expect(
      (await post('/api/training/mark-trainable', { trace_ids: ['x'], trainable: true }, admin)).status,
    ).toBe(200);
  });
});
