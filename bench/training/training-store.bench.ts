import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { callRecord } from '../../test/training/support/call-record.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { openStore } from '../../src/training/log/store.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import type { Store } from '../../src/training/log/store.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { CELLS, generateLog } from './generate-log.ts';

/** RVBBIT_BENCH_LOG_ROWS=10000000 is the size that the figures of the documentation are for. */
const ROWS = Number(process.env.RVBBIT_BENCH_LOG_ROWS ?? 200_000);
const INTAKE_ROWS = 30_000;
const LOOKUPS = 2_000;
const ON = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true };

let dataDir: string;
let store: Store;
let training: TrainingSystem;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-bench-'));
  store = await openStore({ dataDir, clickhouseUrl: null });
  training = new TrainingSystem(store, {
    warn: (message) => console.warn(message),
    embedder: new ShippedEmbedder(),
    patienceMs: 60_000,
  });
});

afterAll(async () => {
  await training.close();
  await rm(dataDir, { recursive: true, force: true });
});

it('pools and intake over a generated log', async () => {
  const filling = performance.now();
  await generateLog(store, ROWS);
  const seconds = ((performance.now() - filling) / 1000).toFixed(1);
  console.log(`${ROWS} logged calls, one in a hundred marked, generated in ${seconds} s`);
  console.table({
    'pool, marks as before': await timed(LOOKUPS, (at) => lookUp(at % CELLS)),
    'pool, its marks read anew': await timed(200, readAnew),
    'a mark, and the pool after it': await timed(50, markAndLookUp),
    [`intake of ${INTAKE_ROWS} rows`]: await intake(),
  });
});

async function lookUp(cell: number): Promise<void> {
  const identity = {
    cascadeId: `cascade_${cell}`,
    cellName: 'evaluate',
    fingerprint: 'fp',
    criterionArg: 'criterion',
  };
  const pool = await training.pools.pool(identity, ON);
  const row = { criterion: 'about topic 3', text: 'a row' };
  await pool.prepare?.([row]);
  if (pool.trouble !== null || pool.pick(row).length === 0) throw new Error(`no examples: ${pool.trouble}`);
}

async function readAnew(at: number): Promise<void> {
  training.pools.forget();
  await lookUp(at % CELLS);
}

async function markAndLookUp(at: number): Promise<void> {
  await training.markAsTrainable([`trace-${at % CELLS}`], { notes: `again ${at}` });
  await lookUp(at % CELLS);
}

/** In milliseconds; the first look-up of each cell, which reads its marks, is made before. */
async function timed(
  times: number,
  work: (at: number) => Promise<void>,
): Promise<Record<string, number | string>> {
  for (let cell = 0; cell < CELLS; cell += 1) await lookUp(cell);
  const durations: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const started = performance.now();
    await work(at);
    durations.push(performance.now() - started);
  }
  durations.sort((a, b) => a - b);
  const quantile = (share: number): string => (durations[Math.floor(times * share)] ?? 0).toFixed(3);
  return { 'p50 ms': quantile(0.5), 'p99 ms': quantile(0.99), times };
}

/** Through the log's batches and its materialized view, until all of it can be read. */
async function intake(): Promise<Record<string, number | string>> {
  const started = performance.now();
  for (let at = 0; at < INTAKE_ROWS; at += 1) {
    training.log.append(callRecord({ traceId: `intake-${at}`, cascadeId: 'intake' }));
    if (at % 5_000 === 4_999) await training.log.flush();
  }
  await training.log.flush();
  const [seen] = await store.query<{ rows: number }>(
    'tables',
    "SELECT count() AS rows FROM rvbbit.training_examples WHERE cascade_id = 'intake'",
  );
  if (seen?.rows !== INTAKE_ROWS) throw new Error(`the view holds ${seen?.rows} of ${INTAKE_ROWS} rows`);
  return { 'rows/s': Math.round((INTAKE_ROWS * 1000) / (performance.now() - started)) };
}
