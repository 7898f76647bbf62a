import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAge, readConfig } from '../../src/config.ts';
import { LogRetention } from '../../src/training/log/log-retention.ts';
import { StatementLog } from '../../src/training/log/statement-log.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { callRecord } from './support/call-record.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

const DAY_MS = 86_400_000;

let temporary: TemporaryStore;
let training: TrainingSystem;
let statements: StatementLog;

beforeAll(async () => {
  temporary = await temporaryStore();
  training = new TrainingSystem(temporary.store, { warn: () => undefined });
  statements = new StatementLog(temporary.store, () => undefined);
  for (const [name, days] of [
    ['old', 100],
    ['marked', 100],
    ['rejected', 100],
    ['new', 1],
  ] as const) {
    const startedAt = Date.now() - days * DAY_MS;
    const ids = { traceId: `${name}-call`, statementId: `${name}-statement` };
    training.log.append(callRecord({ ...ids, timestampUs: BigInt(startedAt) * 1000n }));
    statements.append({
      ...{ statementId: ids.statementId, sessionId: 's', startedAtUs: BigInt(startedAt) * 1000n },
      ...{ caller: 'sql', database: 'default', userName: 'ada', sql: `SELECT '${name}'`, rows: 1 },
      ...{ fromMemory: 0, fromLog: 0, fromProxy: 0, fromHuman: 0, fromModel: 1, durationMs: 1, error: null },
    });
  }
  await training.markAsTrainable(['marked-call']);
  await training.markAsTrainable(['rejected-call'], { trainable: false, tags: ['rejected'] });
  await statements.flush();
});

afterAll(async () => {
  await statements.close();
  await temporary.dispose();
});

async function names(sql: string): Promise<readonly string[]> {
  return (await temporary.store.query<{ name: string }>('tables', sql)).map(({ name }) => name);
}

test('a purge removes old calls that nobody marked, and keeps every marked one', async () => {
  let forgotten = 0;
  training.onDeletion(() => (forgotten += 1));
  const purged = await training.purge(new Date(Date.now() - 90 * DAY_MS));
  expect(purged).toEqual({ calls: 1, statements: 1 });
  const kept = ['marked-call', 'new-call', 'rejected-call'];
  expect(await names('SELECT trace_id AS name FROM rvbbit.unified_logs ORDER BY name')).toEqual(kept);
  expect(await names('SELECT trace_id AS name FROM rvbbit.training_examples ORDER BY name')).toEqual(kept);
  expect(await names('SELECT sql AS name FROM rvbbit.sql_statements ORDER BY name')).toEqual([
    "SELECT 'marked'",
    "SELECT 'new'",
    "SELECT 'rejected'",
  ]);
  expect(forgotten).toBe(1);
});

test('a purge of nothing removes nothing', async () => {
  expect(await training.purge(new Date(Date.now() - 90 * DAY_MS))).toEqual({ calls: 0, statements: 0 });
});

test('a retention purges at once, and says so when it cannot', async () => {
  const calls: Date[] = [];
  const warnings: string[] = [];
  const retention = new LogRetention(DAY_MS, {
    purge: async (before) => {
      calls.push(before);
      throw new Error('the disk is full');
    },
    warn: (message) => warnings.push(message),
  });
  await retention.close();
  expect(calls).toHaveLength(1);
  expect(Date.now() - (calls[0]?.getTime() ?? 0)).toBeGreaterThanOrEqual(DAY_MS);
  expect(warnings).toEqual(['The log cannot be purged: the disk is full']);
});

test('an age is hours, days or weeks', () => {
  expect(parseAge('--older-than', '90d')).toBe(90 * DAY_MS);
  expect(readConfig({ RVBBIT_LOG_RETENTION: '2w' }).logRetentionMs).toBe(14 * DAY_MS);
  expect(readConfig({}).logRetentionMs).toBeNull();
  expect(() => parseAge('--older-than', 'old')).toThrow('--older-than: "old" is no age');
  expect(() => parseAge('--older-than', '0d')).toThrow('is no age');
});
