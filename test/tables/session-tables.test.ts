import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBValue, JS } from '@duckdb/node-api';
import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { commandScope } from '../../src/cli/command-scope.ts';
import { SessionTables } from '../../src/server/tables/session-tables.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { callRecord } from '../training/support/call-record.ts';
import { temporaryStore } from '../training/support/temporary-store.ts';
import type { TemporaryStore } from '../training/support/temporary-store.ts';

const SCOPE = commandScope(pino({ enabled: false }));
let home: TemporaryStore;
let training: TrainingSystem;
let duckdb: DuckDBInstance;
let connection: DuckDBConnection;
let tables: SessionTables;

const internal = { runInternal: async (sql: string) => (await connection.runAndReadAll(sql)).getRows() };

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, { warn: () => undefined });
  duckdb = await DuckDBInstance.create(':memory:');
});

beforeEach(async () => {
  connection = await duckdb.connect();
  tables = new SessionTables(
    {
      store: home.store,
      folder: join(home.dataDir, 'tmp'),
      log: training.log,
      annotations: training.annotations,
    },
    internal,
    'ann',
  );
  await tables.install();
});

afterEach(() => connection.closeSync());

afterAll(async () => {
  await training.log.close();
  await home.dispose();
});

/** As a session runs a statement. */
async function run(sql: string, parameters: DuckDBValue[] = []): Promise<Record<string, JS>[]> {
  const loaded = await tables.load(sql, parameters, SCOPE);
  try {
    const reader = await connection.runAndReadAll(loaded.sql, parameters);
    await loaded.finish();
    return reader.getRowObjectsJS();
  } catch (error) {
    await loaded.abandon();
    throw error;
  }
}

async function begin(): Promise<void> {
  await connection.run('BEGIN');
  tables.begin();
}

async function commit(): Promise<void> {
  await tables.commit();
  await connection.run('COMMIT');
}

function logCalls(cascadeId: string, ...traceIds: readonly string[]): void {
  traceIds.forEach((traceId, at) =>
    training.log.append(callRecord({ traceId, cascadeId, timestampUs: 1767323045000000n + BigInt(at) })),
  );
}

test('the latest examples of a cascade are read as the documentation shows it', async () => {
  logCalls('doc', 'd1', 'd2', 'd3');
  expect(
    await run(`SELECT trace_id, cascade_id, cell_name
FROM training_examples_mv
WHERE cascade_id = 'doc'
ORDER BY timestamp DESC LIMIT 2;`),
  ).toEqual([
    { trace_id: 'd3', cascade_id: 'doc', cell_name: 'evaluate' },
    { trace_id: 'd2', cascade_id: 'doc', cell_name: 'evaluate' },
  ]);
  expect(await internal.runInternal('SELECT count(*) FROM training_examples_mv')).toEqual([[2n]]);
});

test('types arrive as they are, texts with any characters too', async () => {
  const nasty = 'a\0b\'"\\\r\n😀{{x}}';
  training.log.append(
    callRecord({
      traceId: 'types',
      timestampUs: 1767323045678901n,
      output: nasty,
      exampleIds: ['x', "y'"],
      costUsd: 0.5,
    }),
  );
  const [row] = await run(`SELECT * FROM unified_logs WHERE trace_id = 'types'`);
  expect(row).toMatchObject({
    output: nasty,
    example_ids: ['x', "y'"],
    cost_usd: 0.5,
    tokens_in: 10n,
    retries: 0,
    parent_trace_id: null,
    error: null,
    caller: 'sql',
  });
  expect(await run(`SELECT timestamp::VARCHAR AS t FROM unified_logs WHERE trace_id = 'types'`)).toEqual([
    { t: '2026-01-02 03:04:05.678901' },
  ]);
});

test('marks are inserted, updated and deleted with SQL, and the store has them when the statement ends', async () => {
  logCalls('crud', 'c1', 'c2');
  expect(
    await run(
      `INSERT INTO training_annotations (trace_id, trainable) VALUES ('c1', true), ('c2', true) RETURNING trace_id, confidence`,
    ),
  ).toEqual([
    { trace_id: 'c1', confidence: 1 },
    { trace_id: 'c2', confidence: 1 },
  ]);
  await run(`UPDATE training_annotations SET verified = true, notes = 'checked' WHERE trace_id = 'c1'`);
  await run(`DELETE FROM training_annotations WHERE trace_id = 'c2'`);
  const stored = await home.store.query(
    'marks',
    `SELECT trace_id, trainable, verified, notes, annotated_by, source FROM rvbbit.training_annotations FINAL
     WHERE cascade_id = 'crud'`,
  );
  expect(stored).toEqual([
    {
      trace_id: 'c1',
      trainable: true,
      verified: true,
      notes: 'checked',
      annotated_by: 'ann',
      source: 'human',
    },
  ]);
  expect(
    await run(
      `SELECT trainable, deleted FROM training_annotation_history WHERE cascade_id = 'crud' AND trace_id = 'c2' ORDER BY version`,
    ),
  ).toEqual([
    { trainable: true, deleted: false },
    { trainable: true, deleted: true },
  ]);
});

test('marks are counted and grouped without naming the calls they are about', async () => {
  const marked = await run('SELECT count(*)::INTEGER AS n FROM training_annotations');
  const counted = await run(
    'SELECT trainable, count(*)::INTEGER AS n FROM training_annotations GROUP BY trainable ORDER BY trainable',
  );
  expect(counted.length).toBeGreaterThan(0);
  expect(counted.reduce((sum, row) => sum + Number(row.n), 0)).toBe(marked[0]?.n);
  const [taught] = await run('SELECT count(*)::INTEGER AS n FROM training_annotations WHERE trainable');
  expect(taught?.n).toBe(counted.find((row) => row.trainable === true)?.n ?? 0);
});

test('inserting a marked call again replaces the columns named and keeps the others', async () => {
  logCalls('again', 'a1');
  await run(
    `INSERT INTO training_annotations (trace_id, trainable, notes, tags) VALUES ('a1', true, 'first', ['x'])`,
  );
  await run(`INSERT INTO training_annotations (trace_id, verified) VALUES ('a1', true) -- again`);
  await run(
    `INSERT INTO training_annotations (trace_id, confidence) SELECT trace_id, 0.5 FROM unified_logs WHERE trace_id = $1;`,
    ['a1'],
  );
  await run(
    `INSERT INTO training_annotations (trace_id, notes) VALUES ('a1', 'é') ON CONFLICT (trace_id) DO NOTHING`,
  );
  expect(
    await run(
      `INSERT INTO training_annotations (trace_id, trainable) VALUES ('a1', false) RETURNING 'é' AS e, notes, tags, verified, confidence, trainable`,
    ),
  ).toEqual([{ e: 'é', notes: 'first', tags: ['x'], verified: true, confidence: 0.5, trainable: false }]);
});

test('unknown trace ids fail the statement, which then has changed nothing', async () => {
  logCalls('unknown', 'u1');
  await expect(
    run(`INSERT INTO training_annotations (trace_id, trainable) VALUES ('u1', true), ('nobody', true)`),
  ).rejects.toMatchObject({ code: '23503', message: 'no logged call has the trace id "nobody"' });
  expect(
    await internal.runInternal(`SELECT * FROM training_annotations WHERE trace_id IN ('u1', 'nobody')`),
  ).toEqual([]);
  expect(await run(`SELECT * FROM training_annotations WHERE trace_id = 'u1'`)).toEqual([]);
});

test('a statement that fails in DuckDB changes nothing', async () => {
  logCalls('fails', 'f1');
  await expect(
    run(`INSERT INTO training_annotations (trace_id, confidence) VALUES ('f1', 2)`),
  ).rejects.toThrow(/CHECK constraint/);
  expect(await run(`SELECT * FROM training_annotations WHERE trace_id = 'f1'`)).toEqual([]);
});

test('a transaction sees its own marks, others see them after the commit', async () => {
  logCalls('commit', 't1', 't2');
  await begin();
  await run(`INSERT INTO training_annotations (trace_id, trainable) VALUES ('t1', true)`);
  await run(`UPDATE training_annotations SET notes = 'in it' WHERE trace_id = 't1'`);
  await run(`INSERT INTO training_annotations (trace_id, trainable) VALUES ('t2', true)`);
  await run(`DELETE FROM training_annotations WHERE trace_id = 't2'`);
  const own = `SELECT trace_id, notes FROM training_annotations WHERE trace_id IN ('t1', 't2')`;
  expect(await run(own)).toEqual([{ trace_id: 't1', notes: 'in it' }]);
  const stored = `SELECT trace_id FROM rvbbit.training_annotations FINAL WHERE cascade_id = 'commit'`;
  expect(await home.store.query('marks', stored)).toEqual([]);
  await commit();
  expect(await home.store.query('marks', stored)).toEqual([{ trace_id: 't1' }]);
  expect(await run(own)).toEqual([{ trace_id: 't1', notes: 'in it' }]);
});

test('a transaction rolled back leaves no mark', async () => {
  logCalls('rollback', 'r1');
  await begin();
  await run(`INSERT INTO training_annotations (trace_id, trainable) VALUES ('r1', true)`);
  await connection.run('ROLLBACK');
  tables.rollback();
  expect(await run(`SELECT * FROM training_annotations WHERE trace_id = 'r1'`)).toEqual([]);
  expect(
    await home.store.query('marks', `SELECT 1 FROM rvbbit.training_annotations WHERE trace_id = 'r1'`),
  ).toEqual([]);
});

test('an unknown trace id in a transaction fails its statement, not the commit', async () => {
  await begin();
  await expect(run(`INSERT INTO training_annotations (trace_id) VALUES ('nobody')`)).rejects.toMatchObject({
    code: '23503',
  });
  await connection.run('ROLLBACK');
  tables.rollback();
});

test.each([
  `INSERT INTO unified_logs (trace_id) VALUES ('x')`,
  `UPDATE training_examples_mv SET output = 'true'`,
  `DELETE FROM training_stats_by_cascade`,
  `DROP TABLE training_annotations`,
  `ALTER TABLE training_annotations ADD COLUMN x INT`,
  `INSERT OR REPLACE INTO unified_logs (trace_id) VALUES ('x')`,
  `COPY training_annotation_history FROM STDIN`,
])('%s is refused with a hint', async (sql) => {
  await expect(tables.load(sql, [], SCOPE)).rejects.toMatchObject({
    code: '42809',
    hint: expect.stringContaining('training_annotations'),
  });
});

test('a plan prepared before the rows were there gives the rows that are there when it runs', async () => {
  logCalls('prepared', 'p1');
  const sql = `SELECT trace_id FROM unified_logs WHERE cascade_id = 'prepared'`;
  const prepared = await connection.prepare(sql);
  await tables.load(sql, [], SCOPE);
  expect((await prepared.runAndReadAll()).getRows()).toEqual([['p1']]);
});

test('statistics, joins, aggregates and whole rows see all rows', async () => {
  logCalls('join', 'j1', 'j2', 'j3');
  await run(
    `INSERT INTO training_annotations (trace_id, trainable, verified) VALUES ('j1', true, true), ('j2', true, false)`,
  );
  expect(
    await run(
      `SELECT total_executions, trainable_count, verified_count FROM training_stats_by_cascade WHERE cascade_id = 'join'`,
    ),
  ).toEqual([{ total_executions: 3n, trainable_count: 2n, verified_count: 1n }]);
  expect(
    await run(
      `SELECT l.trace_id, a.verified FROM unified_logs l JOIN training_annotations a USING (trace_id) WHERE l.cascade_id = 'join' ORDER BY 1`,
    ),
  ).toEqual([
    { trace_id: 'j1', verified: true },
    { trace_id: 'j2', verified: false },
  ]);
  expect(await run(`SELECT count(*) AS n FROM unified_logs WHERE cascade_id = 'join' LIMIT 1`)).toEqual([
    { n: 3n },
  ]);
  expect(
    await run(
      `SELECT (l).trace_id AS t, l AS whole FROM unified_logs l WHERE cascade_id = 'join' ORDER BY l.timestamp LIMIT 1`,
    ),
  ).toMatchObject([{ t: 'j1', whole: { trace_id: 'j1', output: 'true' } }]);
  expect(
    await run(
      `SELECT trace_id, trainable, confidence FROM training_examples_with_annotations WHERE cascade_id = 'join' AND NOT trainable`,
    ),
  ).toEqual([{ trace_id: 'j3', trainable: false, confidence: null }]);
});

test('nothing is left in the folder that carries rows', async () => {
  expect(await readdir(join(home.dataDir, 'tmp'))).toEqual([]);
});
