import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ClickHouseLog } from '../../src/training/log/clickhouse-log.ts';
import { migrate } from '../../src/training/log/migrate.ts';
import { callRecord } from './support/call-record.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let log: ClickHouseLog;

beforeAll(async () => {
  home = await temporaryStore();
  log = new ClickHouseLog(home.store);
});

afterAll(async () => {
  await log.close();
  await home.dispose();
});

const NASTY = 'quote \' " back\\slash \0 null\r\n{{ x }} 😀 \u2028 <b>&amp;';

test('an answer is found again right after it was appended, and every column comes back as it was given', async () => {
  const record = callRecord({
    traceId: 'trace-1',
    timestampUs: 1767323045678901n,
    inputs: JSON.stringify({ text: NASTY }),
    output: NASTY,
    answer: JSON.stringify(NASTY),
    answerKey: "key with ' quote",
    exampleIds: ['a', 'b\'"'],
    costUsd: 0.25,
    probability: 0.75,
  });
  log.append(record);
  expect(await log.findAnswers(['unknown', "key with ' quote"])).toEqual([
    { answerKey: "key with ' quote", traceId: 'trace-1', answer: JSON.stringify(NASTY) },
  ]);
  const rows = await home.store.query(
    'tables',
    'SELECT * FROM rvbbit.unified_logs WHERE trace_id = {id:String}',
    {
      id: 'trace-1',
    },
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    timestamp: '2026-01-02 03:04:05.678901',
    inputs: record.inputs,
    output: NASTY,
    example_ids: ['a', 'b\'"'],
    cost_usd: 0.25,
    probability: 0.75,
    error: null,
    parent_trace_id: null,
    caller: 'sql',
    source: 'model',
  });
});

test('five thousand answers are found in bulk, failures and keyless rows never', async () => {
  for (let at = 0; at < 5000; at += 1) log.append(callRecord({ traceId: `bulk-${at}`, answer: String(at) }));
  log.append(callRecord({ traceId: 'failed', answerKey: 'key-failed', answer: '', error: 'time-out' }));
  log.append(callRecord({ traceId: 'inner', answerKey: '' }));
  const keys = Array.from({ length: 5000 }, (_, at) => `key-bulk-${at}`);
  const found = await log.findAnswers([...keys, 'key-failed', '']);
  expect(found).toHaveLength(5000);
  expect(new Set(found.map((answer) => `${answer.answerKey}=${answer.answer}`))).toEqual(
    new Set(keys.map((key, at) => `${key}=${at}`)),
  );
});

test('rows arrive in the order in which they were appended', async () => {
  const rows = await home.store.query<{ trace_id: string }>(
    'tables',
    `SELECT trace_id FROM rvbbit.unified_logs WHERE startsWith(trace_id, 'bulk-') ORDER BY ingested LIMIT 3`,
  );
  expect(rows.map((row) => row.trace_id)).toEqual(['bulk-0', 'bulk-1', 'bulk-2']);
});

test('a row that nobody asks for is written within the batch time', async () => {
  log.append(callRecord({ traceId: 'lonely' }));
  await expect
    .poll(
      async () =>
        (await home.store.query('tables', `SELECT 1 FROM rvbbit.unified_logs WHERE trace_id = 'lonely'`))
          .length,
      { timeout: 3000 },
    )
    .toBe(1);
});

test('a batch sent twice under one token counts once, in the log and in the examples', async () => {
  const row = {
    trace_id: 'twice',
    cascade_id: 'c',
    cell_name: 'd',
    ingested: 1,
    timestamp: '2026-01-01 00:00:00',
  };
  await home.store.insert('log', 'rvbbit.unified_logs', [row], 'token-1');
  await home.store.insert('log', 'rvbbit.unified_logs', [row], 'token-1');
  const counts = await home.store.query(
    'tables',
    `SELECT (SELECT count() FROM rvbbit.unified_logs WHERE trace_id = 'twice') AS log,
            (SELECT count() FROM rvbbit.training_examples_mv WHERE trace_id = 'twice') AS examples`,
  );
  expect(counts).toEqual([{ log: 1, examples: 1 }]);
});

test('the migrations are recorded, and applying them again applies nothing', async () => {
  expect(await migrate(home.store)).toEqual([]);
  const names = await home.store.query<{ name: string }>(
    'tables',
    'SELECT name FROM rvbbit.schema_migrations ORDER BY version',
  );
  const files = await readdir(new URL('../../migrations/', import.meta.url));
  expect(names.map((row) => row.name)).toEqual(files.filter((file) => file.endsWith('.sql')).sort());
});
