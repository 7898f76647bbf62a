import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBValue, JS } from '@duckdb/node-api';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandScope } from '../../src/cli/command-scope.ts';
import { markingStatement } from '../../src/server/tables/marking-statement.ts';
import { SessionTables } from '../../src/server/tables/session-tables.ts';
import { virtualColumns } from '../../src/server/tables/virtual-table.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { callRecord } from '../training/support/call-record.ts';
import { temporaryStore } from '../training/support/temporary-store.ts';
import type { TemporaryStore } from '../training/support/temporary-store.ts';

const SCOPE = commandScope(pino({ enabled: false }));
let home: TemporaryStore;
let training: TrainingSystem;
let connection: DuckDBConnection;
let tables: SessionTables;
const called: unknown[] = [];

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, { warn: () => undefined });
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  tables = new SessionTables(
    {
      store: home.store,
      folder: join(home.dataDir, 'tmp'),
      log: training.log,
      annotations: training.annotations,
      deleteCalls: (ids) => training.deleteCalls(ids),
      computed: {
        training_queue: async () => [
          { position: 1, trace_id: "it's", reason: 'sample', inputs: '{"a":"\\u00e9\\n"}' },
        ],
      },
      functions: [
        {
          name: 'echo_value',
          parameters: [
            { name: 'a', initial: null },
            { name: 'b', initial: "'none'" },
          ],
          columns: virtualColumns([['value', 'VARCHAR']]),
          shape: 'scalar',
          call: async (args) => (called.push(args), [{ value: JSON.stringify(args) }]),
        },
        {
          name: 'echo_rows',
          parameters: [{ name: 'n', initial: '2' }],
          columns: virtualColumns([
            ['place', 'BIGINT'],
            ['text', 'VARCHAR', 'null'],
          ]),
          shape: 'table',
          call: async ({ n }) =>
            Array.from({ length: Number(n) }, (_, at) => ({ place: at, text: at === 0 ? null : "x'" })),
        },
      ],
    },
    { runInternal: async (sql) => (await connection.runAndReadAll(sql)).getRows() },
    'ann',
  );
  await tables.install();
});

afterAll(async () => {
  connection.closeSync();
  await training.log.close();
  await home.dispose();
});

/** As a session runs a statement. */
async function run(source: string, parameters: DuckDBValue[] = []): Promise<Record<string, JS>[]> {
  const loaded = await tables.load(markingStatement(source) ?? source, parameters, SCOPE);
  try {
    const reader = await connection.runAndReadAll(loaded.sql, parameters);
    await loaded.finish();
    return reader.getRowObjectsJS();
  } catch (error) {
    await loaded.abandon();
    throw error;
  }
}

function logCalls(cascadeId: string, ...traceIds: readonly string[]): void {
  for (const traceId of traceIds) training.log.append(callRecord({ traceId, cascadeId }));
}

test('SELECT mark_trainable marks one call, keeping what it does not name', async () => {
  logCalls('mark', 'm1');
  expect(await run(`SELECT mark_trainable('m1', confidence := 0.5, tags => ['a', 'b,c'])`)).toEqual([
    { mark_trainable: 'm1' },
  ]);
  await run(`select Mark_Trainable('m1', false, true, notes := 'it''s, (good)') as marked;`);
  expect(
    await run(
      `SELECT trainable, verified, confidence, notes, tags FROM training_annotations WHERE trace_id = 'm1'`,
    ),
  ).toEqual([
    { trainable: false, verified: true, confidence: 0.5, notes: "it's, (good)", tags: ['a', 'b,c'] },
  ]);
});

test('SELECT mark_trainable marks what a query finds, with parameters', async () => {
  logCalls('many', 'y1', 'y2');
  const marked = await run('SELECT mark_trainable(trace_id, true) FROM unified_logs WHERE cascade_id = $1', [
    'many',
  ]);
  expect(marked.map((row) => row.mark_trainable).toSorted()).toEqual(['y1', 'y2']);
  await expect(run(`SELECT mark_trainable('nobody')`)).rejects.toMatchObject({ code: '23503' });
});

test.each([
  ["SELECT mark_trainable('a'), 1", '42601'],
  ["SELECT upper(mark_trainable('a'))", '42601'],
  ["SELECT mark_trainable('a', colour := 'red')", '42883'],
  ['SELECT mark_trainable()', '42883'],
])('%s is refused with %s', (sql, code) => {
  expect(() => markingStatement(sql)).toThrow(expect.objectContaining({ code }) as Error);
});

test.each(["SELECT 'mark_trainable(1)'", 'SELECT mark_trainable FROM t', 'SELECT 1 -- mark_trainable(1)'])(
  '%s calls nothing',
  (sql) => expect(markingStatement(sql)).toBeNull(),
);

test('a function of the server is called once a statement with the values of its arguments', async () => {
  called.length = 0;
  const sql = `SELECT echo_value({'x': 1, 'y': $1}, b := upper('q')) AS v, count(*)::INT AS n FROM range(3) GROUP BY 1`;
  expect(await run(sql, ["it's"])).toEqual([{ v: `{"a":{"x":1,"y":"it's"},"b":"Q"}`, n: 3 }]);
  expect(called).toEqual([{ a: { x: 1, y: "it's" }, b: 'Q' }]);
  expect(await run(`SELECT echo_value('second') AS v`)).toEqual([{ v: '{"a":"second","b":"none"}' }]);
});

test('a table function gives its rows, and is a table like any other', async () => {
  expect(await run('SELECT text, place FROM echo_rows() ORDER BY place DESC')).toEqual([
    { text: "x'", place: 1n },
    { text: null, place: 0n },
  ]);
  expect(await run('SELECT count(*)::INT AS n FROM echo_rows(n := 5) WHERE place > 1')).toEqual([{ n: 3 }]);
});

test('arguments that are no constants are refused with the way to write it', async () => {
  await expect(run('SELECT echo_value(x) FROM range(3) t(x)')).rejects.toMatchObject({
    code: '0A000',
    hint: 'echo_value(a, b)',
  });
});

test('tables that the server makes hold its rows', async () => {
  expect(await run('SELECT trace_id, reason, inputs, output FROM training_queue')).toEqual([
    { trace_id: "it's", reason: 'sample', inputs: '{"a":"\\u00e9\\n"}', output: null },
  ]);
  await expect(run('SELECT * FROM training_conflicts')).rejects.toMatchObject({ code: '0A000' });
  await expect(run('DELETE FROM training_queue')).rejects.toMatchObject({ code: '42809' });
});

test('DELETE FROM unified_logs removes calls and what was learned from them, and no other change is taken', async () => {
  logCalls('del', 'x1', 'x2', 'x3');
  await run(`INSERT INTO training_annotations (trace_id, trainable) VALUES ('x1', true), ('x2', true)`);
  expect(
    await run(`DELETE FROM unified_logs WHERE cascade_id = 'del' AND trace_id <> 'x2' RETURNING trace_id`),
  ).toHaveLength(2);
  expect(await run(`SELECT trace_id FROM unified_logs WHERE cascade_id = 'del'`)).toEqual([
    { trace_id: 'x2' },
  ]);
  expect(await run(`SELECT trace_id FROM training_examples_mv WHERE cascade_id = 'del'`)).toEqual([
    { trace_id: 'x2' },
  ]);
  expect(await run(`SELECT trace_id FROM training_annotations WHERE trace_id IN ('x1', 'x2', 'x3')`)).toEqual(
    [{ trace_id: 'x2' }],
  );
  await expect(run(`UPDATE unified_logs SET output = ''`)).rejects.toMatchObject({ code: '42809' });
  await connection.run('BEGIN');
  tables.begin();
  await expect(run(`DELETE FROM unified_logs WHERE trace_id = 'x2'`)).rejects.toMatchObject({
    code: '25001',
  });
  tables.rollback();
  await connection.run('ROLLBACK');
});

test('the audit is unmarked, one a distinct inputs, and makes room when a call is labelled', async () => {
  for (const text of ['a', 'b'])
    for (const take of [1, 2])
      training.log.append(
        callRecord({ traceId: `${text}${take}`, cascadeId: 'audit', inputs: JSON.stringify({ text }) }),
      );
  const texts = async () =>
    (await run(`SELECT inputs FROM training_audit WHERE cascade_id = 'audit' ORDER BY inputs`)).map(
      (row) => row.inputs,
    );
  expect(await texts()).toEqual(['{"text":"a"}', '{"text":"b"}']);
  await run(`INSERT INTO training_annotations (trace_id, trainable) VALUES ('a1', false)`);
  expect(await texts()).toEqual(['{"text":"b"}']);
});
