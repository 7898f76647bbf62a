import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ServerFixture } from '../wire/support/server-fixture.ts';

/**
 * Clients of other languages, where they are installed (`.ci/run` installs what it can). Each script makes a schema, reads
 * back every type, pages, sends a batch, nests a transaction, cancels and judges by meaning with the criterion as a
 * parameter; it says `done` after each step and ends with an error where something is not as PostgreSQL gives it.
 */
interface Client {
  readonly name: string;
  /** Succeeds where the client is installed. */
  readonly probe: readonly string[];
  /** Without the port, the database and the criterion. */
  readonly command: readonly string[];
  readonly steps: readonly string[];
}

const FOLDER = join(import.meta.dirname, 'matrix');
const PYTHON = process.env['RVBBIT_PYTHON'] ?? 'python3';
const JDBC = process.env['RVBBIT_PGJDBC'] ?? '/usr/share/java/postgresql.jar';
const STEPS = ['connect', 'schema', 'types', 'page', 'batch', 'nest', 'cancel', 'means'];

function python(name: string, modules: string, script: string, steps: readonly string[] = STEPS): Client {
  return { name, probe: [PYTHON, '-c', `import ${modules}`], command: [PYTHON, join(FOLDER, script)], steps };
}

const CLIENTS: readonly Client[] = [
  python('psycopg 3', 'psycopg', 'psycopg3.py'),
  python('psycopg2', 'psycopg2', 'psycopg2_client.py'),
  python('asyncpg', 'asyncpg', 'asyncpg_client.py'),
  python('SQLAlchemy', 'sqlalchemy, psycopg', 'sqlalchemy_client.py', [...STEPS, 'reflect']),
  python('pandas', 'pandas, sqlalchemy, psycopg2', 'pandas_client.py', without('nest', 'cancel')),
  python('psqlODBC', 'pyodbc; assert "PostgreSQL Unicode" in pyodbc.drivers()', 'pyodbc_client.py'),
  {
    name: 'DBD::Pg',
    probe: ['perl', '-MDBD::Pg', '-e', '1'],
    command: ['perl', join(FOLDER, 'dbd_pg.pl')],
    steps: STEPS,
  },
  {
    name: 'pgjdbc',
    probe: existsSync(JDBC) ? ['java', '-version'] : ['false'],
    command: ['java', '-cp', JDBC, join(FOLDER, 'PgJdbc.java')],
    steps: [...STEPS, 'reflect', 'described'],
  },
];

function without(...dropped: readonly string[]): readonly string[] {
  return STEPS.filter((step) => !dropped.includes(step));
}

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const run = promisify(execFile);

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open();
  server.engine.judge = ({ inputs }) => inputs.text === 'bamboo';
});
afterAll(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

describe('a client of another language', () => {
  for (const { name, probe, command, steps } of CLIENTS) {
    const installed = spawnSync(probe[0] ?? '', probe.slice(1)).status === 0;
    if (!installed) console.warn(`${name} is not installed: its test is skipped`);

    it.skipIf(!installed)(`${name} does all that it does with PostgreSQL`, async () => {
      const database = name.toLowerCase().replace(/\W+/g, '_');
      const calls = server.engine.calls.length;
      const [file = '', ...args] = command;
      // A criterion of its own, so that no client finds another's answers.
      const given = [...args, String(server.port), database, `what ${name} looks for`];
      const { stdout } = await run(file, given, { env: environment() });
      const done = stdout.match(/(?<=^done )\w+/gm) ?? [];
      expect([...done].sort()).toEqual([...steps].sort());
      const asked = server.engine.calls.slice(calls).map(({ inputs }) => inputs.text);
      expect(asked.sort()).toEqual(['bamboo', 'plastic']);
    });
  }
});

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONDONTWRITEBYTECODE: '1', TZ: 'UTC', LC_ALL: 'C.UTF-8' };
}
