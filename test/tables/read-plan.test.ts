import { beforeAll, expect, test } from 'vitest';
import { planRead } from '../../src/server/tables/read-plan.ts';
import { parseStatement } from '../../src/server/tables/statement-tree.ts';
import { trainingAnnotations } from '../../src/server/tables/training-annotations.ts';
import { unifiedLogs } from '../../src/server/tables/unified-logs.ts';

async function planOf(sql: string, values: readonly unknown[] = []) {
  const { columns, clauses, parameters } = planRead(await parseStatement(sql), unifiedLogs, values);
  const all = columns.length === unifiedLogs.columns.length;
  return [all ? '*' : columns.map((column) => column.name).join(' '), clauses, ...Object.values(parameters)];
}

beforeAll(async () => {
  await parseStatement('SELECT 1');
});

test.each([
  [
    `SELECT trace_id FROM unified_logs WHERE cascade_id = 'x' ORDER BY timestamp DESC LIMIT 2`,
    ['trace_id timestamp cascade_id', ' WHERE cascade_id = {p0:String} ORDER BY timestamp DESC LIMIT 2', 'x'],
  ],
  [`SELECT * FROM unified_logs LIMIT 5 OFFSET 3`, ['*', ' LIMIT 8']],
  [
    `SELECT l.model FROM unified_logs AS l WHERE l.error IS NULL AND 5 < l.tokens_in`,
    ['model tokens_in error', ' WHERE error IS NULL AND tokens_in > 5'],
  ],
  [
    `SELECT model FROM unified_logs WHERE model IN ('a', 'b') OR NOT caller LIKE 's%'`,
    [
      'caller model',
      ' WHERE (model IN {p0:Array(String)} OR NOT (caller LIKE {p1:String}))',
      ['a', 'b'],
      's%',
    ],
  ],
  [`SELECT count(*) FROM unified_logs`, ['tokens_in', '']],
  [
    `SELECT model FROM unified_logs WHERE timestamp >= '2026-01-02'`,
    ['timestamp model', ` WHERE timestamp >= toDateTime64({p0:String}, 6, 'UTC')`, '2026-01-02'],
  ],
])('what %s needs is filtered at the source', async (sql, plan) => {
  expect(await planOf(sql)).toEqual(plan);
});

test('parameters are filtered by where their values are known', async () => {
  const sql = `SELECT model FROM unified_logs WHERE cascade_id = $2 AND model = $1`;
  expect(await planOf(sql, ['m', 'c'])).toEqual([
    'cascade_id model',
    ' WHERE cascade_id = {p0:String} AND model = {p1:String}',
    'c',
    'm',
  ]);
  expect(await planOf(sql)).toEqual(['cascade_id model', '']);
});

test.each([
  [
    `SELECT model FROM unified_logs WHERE output <~~> 'x' AND model = 'm' LIMIT 1`,
    ` WHERE model = {p0:String}`,
  ],
  [`SELECT model FROM unified_logs WHERE upper(model) = 'M' LIMIT 1`, ''],
  [`SELECT count(*) FROM unified_logs LIMIT 1`, ''],
  [`SELECT DISTINCT model FROM unified_logs LIMIT 1`, ''],
  [`SELECT model FROM unified_logs GROUP BY model LIMIT 1`, ''],
  [`SELECT model AS timestamp FROM unified_logs ORDER BY timestamp LIMIT 1`, ''],
  [`SELECT model FROM unified_logs ORDER BY cost_usd LIMIT 1`, ''],
  [`SELECT model FROM unified_logs ORDER BY lower(model) LIMIT 1`, ''],
  [`SELECT model FROM unified_logs FETCH FIRST 1 ROWS WITH TIES`, ''],
  [`SELECT model FROM unified_logs WHERE model LIKE 'a\\_%'`, ''],
  [`SELECT model FROM unified_logs WHERE model = 5 OR caller = 'sql'`, ''],
  [`SELECT model FROM unified_logs WHERE timestamp > '2026-02-31 10:00:00x'`, ''],
  [`SELECT model FROM unified_logs WHERE model = NULL`, ''],
  [`SELECT model FROM unified_logs WHERE u.model = 'other table'`, ''],
  [`SELECT a.model FROM unified_logs a, unified_logs b WHERE a.model = 'm'`, ''],
  [`SELECT model FROM unified_logs, t WHERE model = 'm' LIMIT 1`, ''],
  [`SELECT model FROM unified_logs WHERE model = 'm' UNION SELECT model FROM unified_logs`, ''],
])('%s is left to DuckDB where ClickHouse might mean something else', async (sql, clauses) => {
  expect((await planOf(sql))[1]).toBe(clauses);
});

test.each([
  `SELECT l FROM unified_logs l`,
  `SELECT l.* FROM unified_logs l`,
  `SELECT a FROM unified_logs AS l (a, b)`,
  `SELECT model FROM unified_logs NATURAL JOIN t`,
  `SELECT columns('m.*') FROM unified_logs`,
  `FROM unified_logs SELECT model`,
])('%s sees every column', async (sql) => {
  expect((await planOf(sql))[0]).toBe('*');
});

test('a filter in a subquery that alone reads the table is filtered at the source', async () => {
  const statement = await parseStatement(
    `SELECT * FROM products WHERE id IN (SELECT trace_id FROM training_annotations WHERE NOT trainable)`,
  );
  expect(planRead(statement, trainingAnnotations, []).clauses).toBe(' WHERE NOT (trainable)');
});
