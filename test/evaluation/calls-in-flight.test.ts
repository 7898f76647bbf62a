import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openServer } from '../../src/cli/open-server.ts';
import { readConfig } from '../../src/config.ts';
import { judging } from '../support/judging-stub.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

it('rvbbit_calls shows another session how far a statement is, and nothing when it has ended', async () => {
  const stub = await OpenAiStub.start(
    judging(() => true),
    300,
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-calls-'));
  const env = {
    RVBBIT_DATA: dataDir,
    RVBBIT_SQL_PORT: '0',
    RVBBIT_MODEL: 'openai/gpt-4.1-mini',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: stub.baseUrl,
  };
  const server = await openServer(readConfig(env), pino({ level: 'silent' }), { http: false });
  const connect = async (): Promise<Client> => {
    const client = new Client({ host: '127.0.0.1', port: server.sqlPort, user: 'ada', database: 'default' });
    await client.connect();
    return client;
  };
  const [working, watching] = [await connect(), await connect()];
  await working.query("CREATE TABLE t AS SELECT 'text ' || i AS d FROM generate_series(1, 60) g(i)");
  const sql = "SELECT count(*) FROM t WHERE d MEANS 'x'";
  const running = working.query(sql);
  const rows = async () => (await watching.query<Record<string, unknown>>('SELECT * FROM rvbbit_calls')).rows;
  let row: Record<string, unknown> | undefined;
  const done = async (): Promise<number> => {
    [row] = await rows();
    return Number(row?.calls_done ?? 0);
  };
  await expect.poll(done, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(row).toMatchObject({ caller: 'sql', sql });
  expect(Number(row?.calls_done) + Number(row?.calls_to_do)).toBe(60);
  expect(Number(row?.requests)).toBeGreaterThan(0);
  await running;
  expect(await rows()).toEqual([]);
  expect((await working.query(sql)).rows).toEqual([{ count: '60' }]);
  expect(stub.requests).toHaveLength(60);
  await working.end();
  await watching.end();
  await server.close();
  await stub.close();
  await rm(dataDir, { recursive: true, force: true });
});
