import { execFile } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Client, type ClientConfig } from 'pg';
import copyStreams from 'pg-copy-streams';
import Cursor from 'pg-cursor';
import postgres from 'postgres';
import { type RecordedSession, sessionOf } from './recorded-session.ts';
import { int32, packet } from '../../wire/support/raw-client.ts';

type Run = (port: number) => Promise<unknown>;

/** Real clients at work, each recorded as the bytes that it sends. `sam` is asked for the password `secret`. */
export async function recordSessions(port: number): Promise<readonly RecordedSession[]> {
  const sessions: RecordedSession[] = [];
  for (const [client, run] of CLIENTS) sessions.push(...(await recorded(client, port, run)));
  return sessions;
}

const CLIENTS: readonly (readonly [string, Run])[] = [
  ['pg: simple', pgSimple],
  ['pg: extended', pgExtended],
  ['pg: cursor', pgCursor],
  ['pg: copy', pgCopy],
  ['pg: scram', pgScram],
  [
    'pg: tls',
    (port) => withPg(port, (client) => client.query('SELECT 1'), { ssl: { rejectUnauthorized: false } }),
  ],
  ['postgres', postgresJs],
  ['psql', psql],
  ['cancel', cancel],
];

async function recorded(client: string, port: number, run: Run): Promise<readonly RecordedSession[]> {
  const sent: Buffer[][] = [];
  const relay = createServer((socket) => {
    const bytes: Buffer[] = [];
    sent.push(bytes);
    const server = connect(port, '127.0.0.1');
    socket.on('data', (chunk: Buffer) => void bytes.push(chunk)).on('error', () => server.destroy());
    server.on('error', () => socket.destroy());
    socket.pipe(server).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  await run((relay.address() as AddressInfo).port);
  await new Promise((resolve) => relay.close(resolve));
  return sent.filter((bytes) => bytes.length > 0).map((bytes) => sessionOf(client, Buffer.concat(bytes)));
}

async function withPg(port: number, work: (client: Client) => Promise<unknown>, config: ClientConfig = {}) {
  const client = new Client({ host: '127.0.0.1', port, user: 'ada', database: 'default', ...config });
  await client.connect();
  await work(client);
  await client.end();
}

function pgSimple(port: number) {
  return withPg(port, async (client) => {
    await client.query(
      'CREATE TABLE IF NOT EXISTS items (id INT, name VARCHAR, price NUMERIC(8,2), at TIMESTAMP)',
    );
    await client.query(
      "INSERT INTO items VALUES (1, 'bamboo toothbrush', 2.50, '2026-01-02 03:04:05'), (2, NULL, NULL, NULL)",
    );
    await client.query(
      "SELECT id, name FROM items WHERE name LIKE '%o%' ORDER BY id LIMIT 3; SELECT 5 / 2 AS half",
    );
    await client.query("SELECT name MEANS 'eco-friendly' AS eco FROM items WHERE id < 3");
    await client.query('BEGIN; SAVEPOINT a; UPDATE items SET price = 3 WHERE id = 1; ROLLBACK TO a; COMMIT');
    await client.query('EXPLAIN SELECT count(*) FROM items GROUP BY name HAVING count(*) > 1');
    await client.query('SELECT * FROM nowhere').catch(() => undefined);
    await client.query('SHOW search_path');
    await client.query("LISTEN news; NOTIFY news, 'hello'; UNLISTEN *");
    await client.query('DELETE FROM items WHERE id > 100');
  });
}

function pgExtended(port: number) {
  return withPg(port, async (client) => {
    await client.query('SELECT $1::int + $2 AS sum, $3::text AS name', [1, 2, 'é😀']);
    for (const id of [1, 2]) {
      await client.query({
        name: 'by-id',
        text: 'SELECT name, price, at FROM items WHERE id = $1 LIMIT 5',
        values: [id],
      });
    }
    const values = [Buffer.from([0, 1, 255]), ['a', 'b "c"'], true, null, new Date(0), { a: [1] }];
    await client.query(
      'SELECT $1::bytea, $2::text[], $3::boolean, $4::date, $5::timestamptz, $6::jsonb',
      values,
    );
    const binary = {
      text: 'SELECT $1::float8 AS f, $2::uuid AS u',
      values: [1.5, '01a20540-110b-70c4-ab13-fd49dc5dfebe'],
      binary: true,
    };
    await client.query(binary);
    await client.query('SELECT $1::int AS bad', ['x']).catch(() => undefined);
    await client.query('SELECT relname FROM pg_class WHERE relkind = $1 AND relname = $2', ['r', 'items']);
  });
}

function pgCursor(port: number) {
  return withPg(port, async (client) => {
    const cursor = client.query(
      new Cursor('SELECT i, i::text AS t FROM generate_series(1, $1::int) s(i)', [9]),
    );
    await cursor.read(4);
    await cursor.read(4);
    await cursor.close();
    await client.query('BEGIN');
    await client.query('DECLARE c CURSOR FOR SELECT name FROM items ORDER BY id');
    await client.query('FETCH 2 FROM c');
    await client.query('CLOSE c; COMMIT');
  });
}

function pgCopy(port: number) {
  return withPg(port, async (client) => {
    const text = client.query(copyStreams.from('COPY items FROM STDIN'));
    await pipeline(
      Readable.from(['3\tsoap\t1.00\t\\N\n', '4\ttab\\there\t2.00\t2026-01-01 00:00:00\n']),
      text,
    );
    const csv = client.query(copyStreams.from('COPY items (id, name) FROM STDIN (FORMAT csv, HEADER true)'));
    await pipeline(Readable.from(['id,name\n5,"a ""b"""\n6,\n']), csv);
    const bad = client.query(copyStreams.from('COPY items FROM STDIN'));
    await pipeline(Readable.from(['x\ty\n']), bad).catch(() => undefined);
    const out = client.query(
      copyStreams.to('COPY (SELECT id, name FROM items ORDER BY id LIMIT 3) TO STDOUT (FORMAT csv)'),
    );
    await pipeline(out, new Writable({ write: (_chunk, _encoding, done) => done() }));
  });
}

function pgScram(port: number) {
  return withPg(port, (client) => client.query('SELECT current_user'), { user: 'sam', password: 'secret' });
}

async function postgresJs(port: number) {
  const sql = postgres({
    host: '127.0.0.1',
    port,
    user: 'ada',
    database: 'default',
    max: 1,
    onnotice: () => undefined,
  });
  await sql`SELECT ${1}::int AS one, ${'x'} AS x`;
  await sql.begin((tx) => tx`SELECT name FROM items WHERE id = ${1}`);
  await sql`SELECT i FROM generate_series(1, 9) s(i)`.cursor(4, () => undefined);
  await sql.end();
}

async function psql(port: number) {
  const commands = ['\\d items', '\\dt', 'SELECT name AS "Name" FROM items WHERE id = 1 \\gx', '\\df lower'];
  const url = `postgresql://ada@127.0.0.1:${port}/default?sslmode=disable`;
  await promisify(execFile)('psql', ['-X', url, ...commands.flatMap((command) => ['-c', command])]).catch(
    () => undefined,
  );
}

/** A cancel request for a session that there is not. */
async function cancel(port: number) {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.end(packet(int32(80_877_102), int32(12_345), int32(67_890)));
  await new Promise<void>((resolve) => socket.once('close', resolve).resume());
}
