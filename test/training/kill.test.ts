import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/training/log/store.ts';
import { callRecord } from './support/call-record.ts';
import { compileTraining } from './support/compile-training.ts';

let folder: string;

/** Marks calls for ever, sixteen at once, and says the id of each when it is acknowledged. */
const MARKER = `
  import { openStore } from './src/training/log/store.js';
  import { TrainingSystem } from './src/training/training-system.js';
  const [dataDir, round, record] = process.argv.slice(2);
  const training = new TrainingSystem(await openStore({ dataDir, clickhouseUrl: null }), { warn: console.error });
  const markOn = async (worker) => {
    for (let at = 0; ; at += 1) {
      const traceId = [round, worker, at].join('-');
      training.log.append({ ...JSON.parse(record), timestampUs: BigInt(Date.now()) * 1000n, traceId });
      await training.markAsTrainable([traceId], { notes: traceId });
      console.log(traceId);
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, worker) => markOn(worker)));
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-kill-'));
  await compileTraining(folder);
  await writeFile(join(folder, 'marker.js'), MARKER);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function startMarker(round: number): ChildProcess {
  const record = JSON.stringify(callRecord({ traceId: '' }), (_key, value: unknown) =>
    typeof value === 'bigint' ? null : value,
  );
  const args = [join(folder, 'marker.js'), join(folder, 'data'), String(round), record];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The ids that were acknowledged before the process was killed. */
async function markUntilKilled(round: number, count: number): Promise<readonly string[]> {
  const marker = startMarker(round);
  const acknowledged: string[] = [];
  if (marker.stdout === null) throw new Error('the process has no output');
  for await (const line of createInterface({ input: marker.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === count) marker.kill('SIGKILL');
  }
  return acknowledged;
}

test('no acknowledged mark is lost when the process is killed, and the folder opens again', async () => {
  const acknowledged = [...(await markUntilKilled(1, 60)), ...(await markUntilKilled(2, 45))];
  expect(acknowledged.length).toBeGreaterThanOrEqual(105);
  const store = await openStore({ dataDir: join(folder, 'data'), clickhouseUrl: null });
  const rows = await store.query<{ trace_id: string }>(
    'marks',
    `SELECT a.trace_id AS trace_id FROM (SELECT * FROM rvbbit.training_annotations FINAL) AS a
     INNER JOIN rvbbit.training_examples_mv AS e ON e.trace_id = a.trace_id
     WHERE a.trainable AND a.notes = a.trace_id`,
  );
  await store.close();
  const found = new Set(rows.map((row) => row.trace_id));
  expect(acknowledged.filter((traceId) => !found.has(traceId))).toEqual([]);
});

test('a folder that another server has open is one clear error that names the process', async () => {
  const marker = startMarker(3);
  if (marker.stdout === null) throw new Error('the process has no output');
  await once(marker.stdout, 'data');
  try {
    await expect(openStore({ dataDir: join(folder, 'data'), clickhouseUrl: null })).rejects.toMatchObject({
      name: 'StartupError',
      message: `the data folder ${join(folder, 'data/clickhouse')} is in use by process ${marker.pid}`,
      hint: 'Stop the other server, or choose another folder with --data.',
    });
  } finally {
    marker.kill('SIGKILL');
    await once(marker, 'exit');
  }
});

test('a server that cannot be reached is one clear error that keeps the password', async () => {
  await expect(
    openStore({ dataDir: folder, clickhouseUrl: 'http://ann:secret@127.0.0.1:1' }),
  ).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(
      /^ClickHouse at http:\/\/ann@127\.0\.0\.1:1\/ cannot be reached: (?!.*secret)/,
    ),
  });
  await expect(openStore({ dataDir: folder, clickhouseUrl: 'localhost' })).rejects.toThrow(
    'RVBBIT_CLICKHOUSE_URL is no URL',
  );
});
