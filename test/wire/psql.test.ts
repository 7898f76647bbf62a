import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerFixture } from './support/server-fixture.ts';

const run = promisify(execFile);
const PSQL = ['/usr/bin/psql', '/usr/local/bin/psql', '/opt/homebrew/bin/psql'].find(existsSync);
if (PSQL === undefined) console.warn('psql is not installed: its smoke test is skipped');

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open();
});
afterAll(async () => {
  await server.close();
});

async function psql(...commands: readonly string[]): Promise<string> {
  const uri = `postgresql://ada@127.0.0.1:${server.port}/default`;
  const { stdout } = await run(PSQL ?? '', [
    '-X',
    '-At',
    uri,
    ...commands.flatMap((command) => ['-c', command]),
  ]);
  return stdout;
}

/** As if typed: backslash commands may follow a statement. */
async function typed(script: string): Promise<string> {
  const running = run(PSQL ?? '', ['-X', '-At', `postgresql://ada@127.0.0.1:${server.port}/default`]);
  running.child.stdin?.end(script);
  return (await running).stdout;
}

describe.skipIf(PSQL === undefined)('psql', () => {
  it('creates, fills and reads a table', async () => {
    const out = await psql(
      'CREATE TABLE products (id INT, desc VARCHAR)',
      "INSERT INTO products VALUES (1, 'bamboo toothbrush'), (2, 'plastic bottle')",
      "SELECT id, desc, desc MEANS 'eco-friendly' AS eco FROM products ORDER BY id",
    );
    expect(out).toBe('CREATE TABLE\nINSERT 0 2\n1|bamboo toothbrush|t\n2|plastic bottle|t\n');
  });

  it('copies both ways', async () => {
    const out = await psql(
      'CREATE TABLE copied (id INT, t VARCHAR)',
      '\\copy copied FROM PROGRAM \'printf "1\\tone\\n2\\t\\\\\\\\N\\n"\'',
      '\\copy copied TO STDOUT CSV',
    );
    expect(out).toBe('CREATE TABLE\nCOPY 2\n1,one\n2,\n');
  });

  it('describes a result without running it, and binds', async () => {
    expect(await typed("SELECT 1 AS id, 'x'::text AS t \\gdesc\n")).toBe('id|integer\nt|text\n');
  });

  it('shows an error with its place', async () => {
    await expect(psql('SELECT nowhere')).rejects.toThrow(
      /ERROR: {2}column "nowhere" does not exist\nLINE 1: SELECT nowhere\n {15}\^/,
    );
  });
});
