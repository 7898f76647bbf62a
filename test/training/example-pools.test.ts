import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAnnotationRows } from '../../src/training/annotation-rows.ts';
import type { AnnotationRow } from '../../src/training/annotation-rows.ts';
import { Annotations } from '../../src/training/annotations.ts';
import { ExamplePools } from '../../src/training/example-pools.ts';
import type { Store } from '../../src/training/log/store.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { callRecord } from './support/call-record.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let training: TrainingSystem;
const CELL = {
  cascadeId: 'semantic_matches',
  cellName: 'evaluate',
  fingerprint: 'fp-1',
  criterionArg: 'criterion',
};
const ON = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true };

function logCall(
  traceId: string,
  text: string,
  criterion: string,
  fields: { fingerprint?: string } = {},
): void {
  training.log.append(callRecord({ traceId, inputs: JSON.stringify({ criterion, text }), ...fields }));
}

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, { warn: () => undefined, patienceMs: 10_000 });
  logCall('eco-1', 'bamboo', 'eco-friendly');
  logCall('eco-2', 'hemp', 'Eco-Friendly ');
  logCall('toy-1', 'robot', 'a toy');
  logCall('toy-2', 'teddy', 'a toy');
  logCall('unmarked', 'rock', 'a toy');
  logCall('stale', 'rope', 'eco-friendly', { fingerprint: 'fp-0' });
  logCall('taken back', 'rubber', 'eco-friendly');
  await training.markAsTrainable(['eco-1'], { confidence: 0.9, verified: true });
  await training.markAsTrainable(['eco-2'], { confidence: 0.95 });
  await training.markAsTrainable(['toy-1'], { confidence: 0.85, verified: true });
  await training.markAsTrainable(['toy-2'], { confidence: 0.5 });
  await training.markAsTrainable(['stale', 'taken back']);
  await training.markAsTrainable(['taken back'], { trainable: false });
});

afterAll(async () => {
  await training.log.close();
  await home.dispose();
});

const ECO = { text: 'x', criterion: 'ECO-friendly' };
const TOY = { text: 'x', criterion: ' a  Toy' };

test.each([
  ['recent', false, 0, ECO, ['eco-2', 'eco-1', 'toy-2', 'toy-1']],
  ['recent', false, 0.8, TOY, ['toy-1', 'eco-2', 'eco-1']],
  ['recent', true, 0, ECO, ['eco-1', 'toy-1']],
  ['recent', true, 0.9, TOY, ['eco-1']],
  ['high_confidence', false, 0, ECO, ['eco-1', 'eco-2', 'toy-1', 'toy-2']],
  ['high_confidence', false, 0.8, TOY, ['toy-1', 'eco-1', 'eco-2']],
  ['high_confidence', true, 0, TOY, ['toy-1', 'eco-1']],
  ['high_confidence', true, 0.99, ECO, []],
] as const)(
  '%s with verified_only %s and min_confidence %s picks its own criterion first',
  async (strategy, verifiedOnly, minConfidence, inputs, ids) => {
    const pool = await training.pools.pool(CELL, { ...ON, strategy, verifiedOnly, minConfidence });
    expect(pool.trouble).toBeNull();
    expect(pool.pick(inputs).map((example) => example.traceId)).toEqual(ids);
  },
);

test.each([
  [false, 0, ['eco-1', 'eco-2'], ['toy-1', 'toy-2']],
  [false, 0.8, ['eco-1', 'eco-2'], ['toy-1']],
  [true, 0, ['eco-1'], ['toy-1']],
  [true, 0.9, ['eco-1'], []],
] as const)(
  'random with verified_only %s and min_confidence %s gives the same eligible examples each time',
  async (verifiedOnly, minConfidence, own, others) => {
    const settings = { ...ON, strategy: 'random', verifiedOnly, minConfidence };
    const ids = (await training.pools.pool(CELL, settings)).pick(ECO).map((example) => example.traceId);
    expect(ids.slice(0, own.length).toSorted()).toEqual(own);
    expect(ids.slice(own.length).toSorted()).toEqual(others);
    const other = new ExamplePools(home.store, training.annotations, {
      warn: () => undefined,
      patienceMs: 10_000,
    });
    expect((await other.pool(CELL, settings)).pick(ECO).map((example) => example.traceId)).toEqual(ids);
  },
);

test('the limit bounds a pick, not the size of the pool', async () => {
  const pool = await training.pools.pool(CELL, { ...ON, limit: 1, minConfidence: 0 });
  expect(pool.size).toBe(4);
  expect(pool.pick(TOY).map((example) => example.traceId)).toEqual(['toy-2']);
});

test('an example has the logged inputs and output, or the correction of the output', async () => {
  logCall('corrected', 'asbestos', 'healthy');
  await training.markAsTrainable(['corrected'], { correction: 'false' });
  const pool = await training.pools.pool(CELL, ON);
  expect(pool.pick({ criterion: 'healthy' })[0]).toMatchObject({
    traceId: 'corrected',
    inputs: { criterion: 'healthy', text: 'asbestos' },
    output: 'false',
  });
  await training.annotations.remove(['corrected'], { by: '', source: 'human' });
});

test('a mark is seen by the next pool, and changes the version only if a pick may change', async () => {
  const before = await training.pools.pool(CELL, ON);
  await training.markAsTrainable(['eco-1'], { notes: 'a note changes no prompt' });
  const noted = await training.pools.pool(CELL, ON);
  expect(noted.version).toBe(before.version);
  logCall('new', 'new', 'eco-friendly');
  await training.markAsTrainable(['new']);
  const after = await training.pools.pool(CELL, ON);
  expect(after.version).not.toBe(before.version);
  expect(after.pick(ECO)[0]?.traceId).toBe('new');
  await training.annotations.remove(['new'], { by: '', source: 'human' });
  expect((await training.pools.pool(CELL, ON)).version).toBe(before.version);
});

test('after a mark of this process the next pool knows it and asks the store nothing', async () => {
  logCall('known', 'jute', 'eco-friendly');
  const asked: string[] = [];
  const listening = {
    ...brokenStore((lane, sql, parameters) => {
      asked.push(lane);
      return home.store.query(lane, sql, parameters);
    }),
  };
  const pools = new ExamplePools(listening, training.annotations, {
    warn: () => undefined,
    patienceMs: 10_000,
  });
  const before = await pools.pool(CELL, ON);
  await training.markAsTrainable(['known']);
  asked.length = 0;
  const after = await pools.pool(CELL, ON);
  expect([after.size, asked]).toEqual([before.size + 1, []]);
  expect(after.pick(ECO)[0]?.traceId).toBe('known');
  await training.annotations.remove(['known'], { by: '', source: 'human' });
  expect([(await pools.pool(CELL, ON)).size, asked]).toEqual([before.size, []]);
});

test('marks of another server are seen by the next pool, and only what is new is read', async () => {
  const read: number[] = [];
  const shared = sharedStore((rows) => read.push(rows));
  const annotations = new Annotations(shared, { flushLog: () => training.log.flush() });
  const pools = new ExamplePools(shared, annotations, { warn: () => undefined, patienceMs: 10_000 });
  logCall('elsewhere', 'cork', 'eco-friendly');
  const before = await pools.pool(CELL, ON);
  await training.markAsTrainable(['elsewhere']);
  read.length = 0;
  const after = await pools.pool(CELL, ON);
  expect(after.pick(ECO)[0]?.traceId).toBe('elsewhere');
  expect(after.size).toBe(before.size + 1);
  expect(read).toEqual([1]);
  await training.annotations.remove(['elsewhere'], { by: '', source: 'human' });
  expect((await pools.pool(CELL, ON)).size).toBe(before.size);
});

test('marks of two servers, one of whose clocks is behind, are all there', async () => {
  const shared = sharedStore(() => undefined);
  const behind = new Annotations(shared, { flushLog: () => training.log.flush() });
  const pools = new ExamplePools(shared, behind, { warn: () => undefined, patienceMs: 10_000 });
  for (const id of ['late-1', 'late-2']) logCall(id, id, 'eco-friendly');
  const before = await pools.pool(CELL, ON);
  await training.markAsTrainable(['late-1']);
  await training.log.flush();
  expect((await pools.pool(CELL, ON)).size).toBe(before.size + 1);
  await home.store.insert(
    'marks',
    'rvbbit.training_annotations',
    [{ ...(await markRow('late-1')), trace_id: 'late-2', version: 1 }],
    'behind',
  );
  expect((await pools.pool(CELL, ON)).size).toBe(before.size + 2);
  await training.annotations.remove(['late-1', 'late-2'], { by: '', source: 'human' });
});

test('where nobody has marked, a look-up asks the log for one count', async () => {
  const asked: string[] = [];
  const { pools } = another((sql) => asked.push(sql));
  await pools.pool(CELL, ON);
  asked.length = 0;
  await Promise.all([pools.pool(CELL, ON), pools.verifiedAnswers(CELL)]);
  expect(asked).toEqual(['SELECT count() AS count FROM rvbbit.training_changes']);
});

test('a mark made while another look-up asks for changes is seen by who asks after it', async () => {
  logCall('between', 'felt', 'eco-friendly');
  let counted: () => void = () => undefined;
  let slow = false;
  const { pools } = another(
    () => undefined,
    async () => {
      if (slow) await new Promise<void>((resolve) => (counted = resolve));
    },
  );
  const before = await pools.pool(CELL, ON);
  slow = true;
  const early = pools.pool(CELL, ON);
  while (String(counted) === '() => undefined') await new Promise(setImmediate);
  slow = false;
  await training.markAsTrainable(['between']);
  const late = pools.pool(CELL, ON);
  counted();
  await early;
  expect((await late).size).toBe(before.size + 1);
  await training.annotations.remove(['between'], { by: '', source: 'human' });
});

test('marks made while a cell is read for the first time are not missed', async () => {
  logCall('meanwhile', 'rattan', 'eco-friendly');
  const pools = new ExamplePools(
    brokenStore(async (...args) => {
      const rows = await home.store.query(...args);
      await training.markAsTrainable(['meanwhile']);
      return rows as never;
    }),
    training.annotations,
    { warn: () => undefined, patienceMs: 10_000 },
  );
  const { examples } = await pools.snapshot(CELL);
  expect(examples[0]?.traceId).toBe('meanwhile');
  await training.annotations.remove(['meanwhile'], { by: '', source: 'human' });
});

test('calls that another server deletes are gone from the next pool and the next answers, and that is told', async () => {
  logCall('deleted', 'straw', 'eco-friendly');
  await training.markAsTrainable(['deleted'], { verified: true });
  let told = 0;
  const { pools } = another(
    () => undefined,
    async () => undefined,
    () => (told += 1),
  );
  const before = await pools.pool(CELL, ON);
  expect((await pools.verifiedAnswers(CELL)).byInputs.size).toBe(3);
  expect(told).toBe(0);
  await training.deleteCalls(['deleted']);
  expect((await pools.verifiedAnswers(CELL)).byInputs.size).toBe(2);
  expect((await pools.pool(CELL, ON)).size).toBe(before.size - 1);
  expect(told).toBe(1);
  const left = await home.store.query(
    'tables',
    "SELECT count() AS rows FROM rvbbit.training_changes WHERE trace_id = 'deleted' AND inputs != ''",
  );
  expect(left).toEqual([{ rows: 0 }]);
});

test('marks that were made before they held what their call taught still teach', async () => {
  logCall('old mark', 'linen', 'eco-friendly');
  await training.markAsTrainable(['old mark']);
  const { inputs, output, ...bare } = await markRow('old mark');
  await home.store.insert(
    'marks',
    'rvbbit.training_annotations',
    [{ ...bare, version: bare.version + 1 }],
    'bare',
  );
  const pools = new ExamplePools(home.store, training.annotations, {
    warn: () => undefined,
    patienceMs: 10_000,
  });
  const [first] = (await pools.pool(CELL, ON)).pick(ECO);
  expect(first).toMatchObject({ traceId: 'old mark', inputs: JSON.parse(inputs) as object, output });
  await training.annotations.remove(['old mark'], { by: '', source: 'human' });
});

test('a million picks take less than a second', async () => {
  const pool = await training.pools.pool(CELL, ON);
  const started = performance.now();
  for (let at = 0; at < 1_000_000; at += 1) pool.pick(ECO);
  expect(performance.now() - started).toBeLessThan(1000);
});

async function markRow(traceId: string) {
  const rows = await findAnnotationRows(home.store, [traceId]);
  return rows.get(traceId) as AnnotationRow;
}

/** The pools of another server on the same log; `asking` may keep each query's rows back. */
function another(
  asked: (sql: string) => void,
  asking: () => Promise<void> = async () => undefined,
  onDeletion: () => void = () => undefined,
): { readonly pools: ExamplePools } {
  const query = async <Row>(...args: Parameters<Store['query']>): Promise<readonly Row[]> => {
    asked(args[1]);
    const rows = await home.store.query<Row>(...args);
    await asking();
    return rows;
  };
  const shared = { ...home.store, exclusive: false, query } as Store;
  const annotations = new Annotations(shared, { flushLog: () => training.log.flush() });
  const options = { warn: () => undefined, patienceMs: 10_000, onDeletion };
  return { pools: new ExamplePools(shared, annotations, options) };
}

/** The store as several servers have it, which tells how many rows of marks were read. */
function sharedStore(read: (rows: number) => void): Store {
  const query = async <Row>(...args: Parameters<Store['query']>): Promise<readonly Row[]> => {
    const rows = await home.store.query<Row>(...args);
    if (args[1].includes('inputs')) read(rows.length);
    return rows;
  };
  const insert: Store['insert'] = (...args) => home.store.insert(...args);
  return { ...home.store, exclusive: false, query, insert } as Store;
}

function brokenStore(query: Store['query']): Store {
  return { ...home.store, exclusive: true, query } as Store;
}

function poolsOver(store: Store, warnings: string[]): ExamplePools {
  const annotations = new Annotations(store, { flushLog: async () => undefined });
  return new ExamplePools(store, annotations, { warn: (message) => warnings.push(message) });
}

test('a store that hangs costs at most 250 ms, gives no examples and one warning', async () => {
  const warnings: string[] = [];
  const pools = poolsOver(
    brokenStore(() => new Promise(() => undefined)),
    warnings,
  );
  const started = performance.now();
  const cells = ['a', 'b', 'c'].map((cellName) => ({ ...CELL, cellName }));
  const together = await Promise.all(cells.map((cell) => pools.pool(cell, ON)));
  for (const cell of cells) together.push(await pools.pool(cell, ON));
  expect(performance.now() - started).toBeLessThan(300);
  expect(together.map((pool) => [pool.size, pool.pick(ECO).length, pool.trouble])).toEqual(
    Array.from({ length: 6 }, () => [0, 0, 'the examples did not come within 250 ms']),
  );
  expect(warnings).toEqual(['Training goes on without examples: the examples did not come within 250 ms']);
});

test('a store that refuses gives no examples, says why, and is used again when it recovers', async () => {
  const warnings: string[] = [];
  let broken = true;
  const pools = poolsOver(
    brokenStore((lane, sql, parameters) =>
      broken ? Promise.reject(new Error('connection refused')) : home.store.query(lane, sql, parameters),
    ),
    warnings,
  );
  expect(await pools.pool(CELL, ON)).toMatchObject({ size: 0, trouble: 'connection refused' });
  expect(await pools.pool(CELL, ON)).toMatchObject({ size: 0, trouble: 'connection refused' });
  broken = false;
  expect(await pools.pool(CELL, ON)).toMatchObject({ size: 3, trouble: null });
  expect(warnings).toEqual(['Training goes on without examples: connection refused']);
});

test('an unknown strategy is trouble that names the strategies', async () => {
  const pool = await training.pools.pool(CELL, { ...ON, strategy: 'newest' });
  expect(pool).toMatchObject({ size: 0, trouble: 'no training strategy is named "newest"' });
});

test('instructions get the examples before them, and none when training is off', async () => {
  const on = await training.injectTrainingExamplesIntoInstructions('Judge.', CELL, { ...ON, limit: 1 }, ECO);
  expect(on.instructions).toBe(
    '<examples>\n<example>\n  <input>\n    <criterion>Eco-Friendly </criterion>\n    <text>hemp</text>\n  </input>\n' +
      '  <output>true</output>\n</example>\n</examples>\n\nJudge.',
  );
  expect(on.exampleIds).toEqual(['eco-2']);
  const off = await training.injectTrainingExamplesIntoInstructions(
    'Judge.',
    CELL,
    DEFAULT_TRAINING_SETTINGS,
    ECO,
  );
  expect(off).toMatchObject({ instructions: 'Judge.', exampleIds: [] });
});
