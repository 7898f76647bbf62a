import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, it } from 'vitest';
import { ChildServer } from '../../test/acceptance/child-server.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { median, report, times } from '../support/report.ts';

const run = promisify(execFile);
const ROWS = 200_000;
const SHAPES: Readonly<Record<string, string>> = {
  '5 texts': `SELECT 'row number ' || i AS a, 'some text of row ' || (i * 7) AS b, 'third ' || (i % 100) AS c,
    'a somewhat longer text that fills the line ' || i AS d, 'end' || i AS e`,
  'int4, int8, text, float8, timestamp': `SELECT i::int AS a, i::bigint * 1000003 AS b, 'row number ' || i AS c,
    (i / 7.0)::float8 AS d, timestamp '2024-01-01' + i * interval '1 second' AS e`,
};
const POINTS = 10_000;

let dataDir: string;
let server: ChildServer;
let here: Client;
let postgres: PostgresServer | null;
let there: Client | null;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-bench-'));
  server = await ChildServer.start(dataDir);
  here = new Client(server.sqlUrl.replace('//', '//bench@'));
  await here.connect();
  postgres = await PostgresServer.start();
  there = (await postgres?.connect()) ?? null;
  if (there === null) process.stdout.write('no PostgreSQL 15 on this machine: nothing to compare with\n');
});

afterAll(async () => {
  await here.end();
  await there?.end();
  await postgres?.stop();
  await server.kill('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
});

/** Both in turns, so that the machine's noise falls on both. */
async function alternating(
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<readonly [number, number]> {
  const all: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round += 1) {
    all[0].push(...(await times(1, ours)));
    all[1].push(...(await times(1, theirs)));
  }
  return [median(all[0]), median(all[1])];
}

for (const [at, [shape, select]] of Object.entries(SHAPES).entries()) {
  const table = `wide${at}`;

  it(`${ROWS} rows of ${shape} leave as fast as from PostgreSQL`, async () => {
    const create = `CREATE TABLE ${table} AS ${select} FROM generate_series(0, ${ROWS - 1}) r(i)`;
    for (const client of [here, there]) await client?.query(create);
    if (there === null || postgres === null) return;
    const other = there;
    for (const binary of [false, true]) {
      const read = (client: Client) => () =>
        client.query({ text: `SELECT * FROM ${table}`, rowMode: 'array', binary } as never);
      const [ours, theirs] = await alternating(read(here), read(other));
      tell(`${ROWS} × ${shape} through pg, ${binary ? 'binary' : 'text'}`, ours, theirs);
    }
    const local = new URL(server.sqlUrl);
    const psql = (port: string, user: string, database: string) => () =>
      run('psql', [
        ...['-h', '127.0.0.1', '-p', port, '-U', user, '-d', database],
        ...['-AtX', '-o', '/dev/null', '-c', `SELECT * FROM ${table}`],
      ]);
    const [ours, theirs] = await alternating(
      psql(local.port, 'bench', 'default'),
      psql(String(postgres.port), 'postgres', 'postgres'),
    );
    tell(`${ROWS} × ${shape} through psql`, ours, theirs);
  });
}

function tell(what: string, ours: number, theirs: number): void {
  report({
    what: `${what}: rows a second over PostgreSQL 15`,
    value: theirs / ours,
    target: { atLeast: 1 },
    from: `medians of 5: ${ours.toFixed(0)} ms and ${theirs.toFixed(0)} ms`,
  });
}

it(`${POINTS} prepared point SELECTs over one connection`, async () => {
  const other = there;
  for (const client of [here, other]) {
    await client?.query('CREATE TABLE points (id int PRIMARY KEY, name text, n bigint)');
    await client?.query(
      "INSERT INTO points SELECT i, 'row ' || i, i * 3 FROM generate_series(0, 99999) r(i)",
    );
  }
  if (other === null) return;
  const read = (client: Client) => async () => {
    for (let at = 0; at < POINTS / 5; at += 1) {
      const values = [(at * 7919) % 100_000];
      await client.query({ name: 'point', text: 'SELECT id, name, n FROM points WHERE id = $1', values });
    }
  };
  const [ours, theirs] = await alternating(read(here), read(other));
  const each = (time: number): string => ((time / (POINTS / 5)) * 1000).toFixed(0);
  report({
    what: `${POINTS} prepared point SELECTs: statements a second over PostgreSQL 15`,
    value: theirs / ours,
    target: { atLeast: 0.5 },
    from: `medians of 5 times ${POINTS / 5}: ${each(ours)} and ${each(theirs)} us a statement`,
  });
});

it('10,000,000 rows leave in flat memory, and a client that stops reading stops the scan', async () => {
  const url = new URL(server.sqlUrl);
  const pid = server.process.pid ?? 0;
  const socket = connect(Number(url.port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(startup({ user: 'bench', database: 'default' }));
  socket.write(query("SELECT i, 'text of row ' || i FROM range(10000000) r(i)"));
  const before = residentMegabytes(pid);
  let most = before;
  let bytes = 0;
  let stopped = 0;
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      most = Math.max(most, residentMegabytes(pid));
      if (stopped === 0 && bytes > 50e6) {
        stopped = 1;
        socket.pause();
        void idleShare(pid).then((share) => {
          report({
            what: 'a client that stops reading: the share of a processor that the server takes meanwhile',
            value: share,
            target: { atMost: 0.1 },
            from: 'over one second, after 50 MB were read',
          });
          socket.resume();
        });
      }
      if (chunk.subarray(-6).toString('latin1') === 'Z\0\0\0\x05I' && bytes > 300e6) resolve();
    });
  });
  socket.destroy();
  report({
    what: 'a SELECT of 10,000,000 rows: megabytes by which the server grows',
    value: most - before,
    target: { atMost: 100 },
    from: `${(bytes / 1e6).toFixed(0)} MB were read; ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most`,
  });
});

/** Of one processor, over a second that begins when what was under way has ended. */
async function idleShare(pid: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = processorMs(pid);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return (processorMs(pid) - before) / 1000;
}

/** Linux counts hundredths of a second. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function startup(parameters: Readonly<Record<string, string>>): Buffer {
  const words = Object.entries(parameters).flat();
  const body = Buffer.from(`\0\x03\0\0${words.map((word) => `${word}\0`).join('')}\0`, 'latin1');
  return Buffer.concat([length(body.length + 4), body]);
}

function query(sql: string): Buffer {
  return Buffer.concat([Buffer.from('Q'), length(sql.length + 5), Buffer.from(`${sql}\0`)]);
}

function length(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
