import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection, JS } from '@duckdb/node-api';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandScope } from '../../src/cli/command-scope.ts';
import { SessionTables } from '../../src/server/tables/session-tables.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { callRecord } from '../training/support/call-record.ts';
import { temporaryStore } from '../training/support/temporary-store.ts';
import type { TemporaryStore } from '../training/support/temporary-store.ts';

interface Writer {
  readonly connection: DuckDBConnection;
  readonly tables: SessionTables;
}

const SCOPE = commandScope(pino({ enabled: false }));
let home: TemporaryStore;
let training: TrainingSystem;
let duckdb: DuckDBInstance;
const writers: Writer[] = [];

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, { warn: () => undefined });
  duckdb = await DuckDBInstance.create(':memory:');
});

afterAll(async () => {
  for (const { connection } of writers) connection.closeSync();
  await training.log.close();
  await home.dispose();
});

async function writer(user: string): Promise<Writer> {
  const connection = await duckdb.connect();
  const { store, dataDir } = home;
  const tables = new SessionTables(
    { store, folder: join(dataDir, 'tmp'), log: training.log, annotations: training.annotations },
    { runInternal: async (sql) => (await connection.runAndReadAll(sql)).getRows() },
    user,
  );
  await tables.install();
  const made = { connection, tables };
  writers.push(made);
  return made;
}

/** As a session runs a statement. */
async function run({ connection, tables }: Writer, sql: string): Promise<Record<string, JS>[]> {
  const loaded = await tables.load(sql, [], SCOPE);
  try {
    const reader = await connection.runAndReadAll(loaded.sql);
    await loaded.finish();
    return reader.getRowObjectsJS();
  } catch (error) {
    await loaded.abandon();
    throw error;
  }
}

test('ON CONFLICT DO UPDATE changes what it says and keeps the rest, history included', async () => {
  const ann = await writer('ann');
  training.log.append(callRecord({ traceId: 'c1', cascadeId: 'conflict' }));
  await run(
    ann,
    `INSERT INTO training_annotations (trace_id, trainable, notes) VALUES ('c1', true, 'first')`,
  );
  const returned = await run(
    ann,
    `INSERT INTO training_annotations (trace_id, confidence) VALUES ('c1', 0.7)
     ON CONFLICT (trace_id) DO UPDATE SET confidence = excluded.confidence RETURNING notes, confidence, trainable`,
  );
  expect(returned).toEqual([{ notes: 'first', confidence: 0.7, trainable: true }]);
  expect(
    await run(
      ann,
      `SELECT confidence, notes FROM training_annotation_history WHERE trace_id = 'c1' ORDER BY version`,
    ),
  ).toEqual([
    { confidence: 1, notes: 'first' },
    { confidence: 0.7, notes: 'first' },
  ]);
});

test('of many rows with one unknown trace none is applied, and the unknown one is named', async () => {
  const ann = await writer('ann');
  for (const at of [1, 2, 3]) training.log.append(callRecord({ traceId: `m${at}`, cascadeId: 'multi' }));
  await expect(
    run(ann, `INSERT INTO training_annotations (trace_id) SELECT unnest(['m1', 'm2', 'ghost', 'm3'])`),
  ).rejects.toMatchObject({ code: '23503', message: 'no logged call has the trace id "ghost"' });
  expect(await run(ann, `SELECT trace_id FROM training_annotations WHERE trace_id LIKE 'm_'`)).toEqual([]);
});

test('fifty connections that mark at once by INSERT, UPDATE and upsert lose nothing', async () => {
  for (let at = 0; at < 50; at += 1)
    training.log.append(callRecord({ traceId: `w${at}`, cascadeId: 'writers' }));
  const many = await Promise.all(Array.from({ length: 50 }, (_, at) => writer(`user ${at}`)));
  await Promise.all(
    many.map(async (one, at) => {
      await run(one, `INSERT INTO training_annotations (trace_id, trainable) VALUES ('w${at}', true)`);
      await run(one, `UPDATE training_annotations SET notes = 'by ${at}' WHERE trace_id = 'w${at}'`);
      await run(
        one,
        `INSERT INTO training_annotations (trace_id, confidence) VALUES ('w${(at + 1) % 50}', 0.5)`,
      );
    }),
  );
  const rows = await home.store.query(
    'marks',
    `SELECT count() AS rows, countIf(notes != '') AS noted, countIf(confidence = 0.5) AS confident,
            countIf(trainable) AS trainable
     FROM rvbbit.training_annotations FINAL WHERE cascade_id = 'writers'`,
  );
  expect(rows).toEqual([{ rows: 50, noted: 50, confident: 50, trainable: 50 }]);
});
