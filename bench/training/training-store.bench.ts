import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { callRecord } from '../../test/training/support/call-record.ts';
import { median, report, times } from '../support/report.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { openStore } from '../../src/training/log/store.ts';
import type { Store } from '../../src/training/log/store.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { CELLS, generateLog } from './generate-log.ts';

/** The size that the targets are for takes about a minute to generate. */
const ROWS = Number(process.env.RVBBIT_BENCH_LOG_ROWS ?? 10_000_000);
const INTAKE_ROWS = 30_000;
const ON = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true };

let dataDir: string;
let store: Store;
let training: TrainingSystem;
/** Another server on the same log. */
let other: TrainingSystem;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-bench-'));
  store = await openStore({ dataDir, clickhouseUrl: null });
  training = openTraining(store);
  other = openTraining(asShared(store));
});

afterAll(async () => {
  await other.log.close();
  await other.embeddings?.settled();
  await training.close();
  await rm(dataDir, { recursive: true, force: true });
});

function openTraining(over: Store): TrainingSystem {
  return new TrainingSystem(over, {
    warn: (message) => console.warn(message),
    embedder: new ShippedEmbedder(),
    patienceMs: 60_000,
  });
}

/** As several servers have it: each asks whether another one has marked. */
function asShared(one: Store): Store {
  return {
    exclusive: false,
    query: (...args) => one.query(...args),
    command: (...args) => one.command(...args),
    insert: (...args) => one.insert(...args),
    exportParquet: (...args) => one.exportParquet(...args),
    close: async () => undefined,
  };
}

it('pools and intake over a generated log', async () => {
  const filling = performance.now();
  await generateLog(store, ROWS);
  const seconds = ((performance.now() - filling) / 1000).toFixed(1);
  const [{ marked } = { marked: 0 }] = await store.query<{ marked: number }>(
    'marks',
    'SELECT count() AS marked FROM rvbbit.training_annotations FINAL',
  );
  const from = `${ROWS} logged calls of ${CELLS} cells, ${marked} annotated, generated in ${seconds} s`;
  const own = async (cell: number): Promise<void> => lookUp(training, cell);
  const shared = async (cell: number): Promise<void> => lookUp(other, cell);
  const nothing = async (): Promise<void> => undefined;
  await floor();
  await lookUps('first of a cell, nothing read ahead', from, CELLS, own, nothing);
  await lookUps('nobody has marked', from, 2_000, own, nothing);
  await lookUps('after a mark of its own', from, 100, own, (cell) => mark(training, cell));
  await lookUps('first of a cell by a second server', from, CELLS, shared, nothing);
  await lookUps('nobody has marked, another server could have', from, 200, shared, nothing);
  await lookUps('after a mark of its own in a shared log', from, 100, shared, (cell) => mark(other, cell));
  await lookUps('after a mark of another server', from, 100, shared, (cell) => mark(training, cell));
  await floor();
  report({
    what: 'rows a second into the log and its materialized view',
    value: await intake(),
    target: { atLeast: 5_000 },
    from: `${INTAKE_ROWS} rows appended to ${ROWS}, until all can be read`,
  });
});

async function lookUps(
  what: string,
  from: string,
  count: number,
  work: (cell: number) => Promise<void>,
  before: (cell: number) => Promise<void>,
): Promise<void> {
  const durations: number[] = [];
  for (let at = 0; at < count; at += 1) {
    await before(at % CELLS);
    const started = performance.now();
    await work(at % CELLS);
    durations.push(performance.now() - started);
  }
  durations.sort((a, b) => a - b);
  for (const [share, atMost] of [
    [0.5, 5],
    [0.99, 30],
  ] as const)
    report({
      what: `ms a pool lookup, ${what}: p${share * 100}`,
      value: durations[Math.floor(count * share)] ?? Number.NaN,
      target: { atMost },
      from: `${count} lookups; ${from}`,
    });
}

async function lookUp({ pools }: TrainingSystem, cell: number): Promise<void> {
  const identity = {
    cascadeId: `cascade_${cell}`,
    cellName: 'evaluate',
    fingerprint: 'fp',
    criterionArg: 'criterion',
  };
  const pool = await pools.pool(identity, ON);
  const row = { criterion: 'about topic 3', text: 'a row' };
  await pool.prepare?.([row]);
  if (pool.trouble !== null || pool.pick(row).length === 0) throw new Error(`no examples: ${pool.trouble}`);
}

/** What the engine takes for a query of nothing: a look-up that asks the store cannot be quicker. */
async function floor(): Promise<void> {
  const durations = await times(200, () => store.query('examples', 'SELECT 1'));
  report({
    what: 'ms for SELECT 1, the least that a query of the store takes',
    value: median(durations),
    target: null,
    from: 'median of 200, embedded engine',
  });
}

async function mark(by: TrainingSystem, cell: number): Promise<void> {
  await by.markAsTrainable([`trace-${cell}`], { confidence: 0.8 + Math.random() / 5 });
}

/** Through the log's batches and its materialized view, until all of it can be read. */
async function intake(): Promise<number> {
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
  return (INTAKE_ROWS * 1000) / (performance.now() - started);
}
