import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OpenAiStub } from '../support/openai-stub.ts';
import { ChildServer } from './child-server.ts';
import { stubEnvironment } from './server-fixture.ts';

const QUESTION = "SELECT count(*)::int AS n FROM t WHERE body MEANS 'x'";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-backup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function withClient<T>(server: ChildServer, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(server.sqlUrl.replace('//', '//ada@'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function run(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = ChildServer.run(args, { RVBBIT_DATA: join(folder, 'data') });
  const code = await child.ended();
  return { code, output: child.output };
}

it('a backup holds tables, answers and marks, and is refused while a server has the folder', async () => {
  const stub = await OpenAiStub.start(() => 'true');
  const [data, backup, restored] = [join(folder, 'data'), join(folder, 'backup'), join(folder, 'restored')];
  let server = await ChildServer.start(data, stubEnvironment(stub.baseUrl));
  await withClient(server, async (client) => {
    await client.query("CREATE TABLE t AS SELECT 'text ' || i AS body FROM range(5) r(i)");
    await client.query(QUESTION);
    await client.query(
      'INSERT INTO training_annotations (trace_id, trainable) SELECT trace_id, true FROM training_examples_mv LIMIT 2',
    );
  });
  const refused = await run('backup', backup);
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/in use/);
  await server.kill('SIGTERM');
  expect(await run('backup', backup)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/files/) as string,
  });
  const again = await run('backup', backup);
  expect(again).toMatchObject({ code: 1, output: expect.stringContaining('is not empty') as string });

  const asked = stub.requests.length;
  expect(await run('restore', backup, '--data', restored)).toMatchObject({ code: 0 });
  server = await ChildServer.start(restored, stubEnvironment(stub.baseUrl));
  await withClient(server, async (client) => {
    await client.query("SET rvbbit.reuse_answers = 'any'");
    expect((await client.query(QUESTION)).rows).toEqual([{ n: 5 }]);
    const marks = await client.query('SELECT count(*)::int AS n FROM training_annotations WHERE trainable');
    expect(marks.rows).toEqual([{ n: 2 }]);
  });
  expect(stub.requests.length).toBe(asked);
  await server.kill('SIGTERM');

  await appendFile(join(backup, 'default.duckdb'), 'x');
  const broken = await run('restore', backup, '--data', join(folder, 'other'));
  expect(broken.code).toBe(1);
  expect(broken.output).toMatch(/1 of \d+ files of the backup are missing or changed.*default\.duckdb/);
  expect(await readdir(folder)).not.toContain('other');
  await stub.close();
}, 120_000);
