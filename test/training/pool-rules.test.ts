import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadStaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import type { CellIdentity, ExamplePool } from '../../src/training/training.ts';
import { callRecord } from './support/call-record.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let training: TrainingSystem;
let cell: CellIdentity;
let cells = 0;
const ON = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true, minConfidence: 0 };

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, {
    warn: () => undefined,
    embedder: await loadStaticEmbedder(),
    patienceMs: 10_000,
  });
});

beforeEach(() => {
  cells += 1;
  cell = { cascadeId: `c${cells}`, cellName: 'evaluate', fingerprint: 'fp-1', criterionArg: 'criterion' };
});

afterAll(async () => {
  await training.log.close();
  await training.embeddings?.settled();
  await home.dispose();
});

/** Logs and marks a call, and gives its trace id. */
async function marked(
  text: string,
  criterion: string,
  output: string,
  mark: Parameters<TrainingSystem['markAsTrainable']>[1] = {},
  fingerprint = 'fp-1',
): Promise<string> {
  const traceId = `${cell.cascadeId}-${text}-${criterion}-${output}`;
  const inputs = JSON.stringify({ criterion, text });
  training.log.append(callRecord({ traceId, cascadeId: cell.cascadeId, inputs, output, fingerprint }));
  await training.markAsTrainable([traceId], mark);
  return traceId;
}

async function picked(text: string, criterion: string, settings = ON): Promise<readonly string[]> {
  const pool = await training.pools.pool(cell, settings);
  return textsOf(pool, { text, criterion });
}

async function textsOf(pool: ExamplePool, inputs: Record<string, unknown>): Promise<readonly string[]> {
  expect(pool.trouble).toBeNull();
  await pool.prepare?.([inputs]);
  return pool.pick(inputs).map((example) => String(example.inputs.text));
}

test('examples of eco-friendly teach sustainable, and nothing about toys', async () => {
  await marked('bamboo toothbrush', 'eco-friendly', 'true');
  await marked('plastic bottle', 'eco-friendly', 'false');
  expect(await picked('hemp bag', 'sustainable')).toEqual(['plastic bottle', 'bamboo toothbrush']);
  expect(await picked('hemp bag', 'a toy')).toEqual([]);
});

test('a criterion that negates another one is not taught by it', async () => {
  await marked('bamboo toothbrush', 'eco-friendly', 'true');
  expect(await picked('hemp bag', 'not eco-friendly')).toEqual([]);
});

test('examples of the same criterion come before those of a similar one', async () => {
  await marked('bamboo', 'sustainable', 'true');
  await marked('hemp', 'eco-friendly', 'true');
  expect(await picked('x', 'Sustainable ')).toEqual(['bamboo', 'hemp']);
});

test('marks of another prompt are stale: left out, and counted', async () => {
  await marked('old', 'eco-friendly', 'true', {}, 'fp-0');
  await marked('new', 'eco-friendly', 'true');
  expect(await picked('x', 'eco-friendly')).toEqual(['new']);
  expect(await training.pools.countStale(cell)).toBe(1);
});

test('marks of the same inputs with different outputs are both left out, until one is taken back', async () => {
  const yes = await marked('cork', 'eco-friendly', 'true');
  await marked('cork', 'eco-friendly', 'false');
  await marked('jute', 'eco-friendly', 'true');
  expect(await picked('x', 'eco-friendly')).toEqual(['jute']);
  const { conflicts, excluded } = await training.pools.snapshot(cell);
  expect(conflicts).toMatchObject([{ kind: 'same_inputs', similarity: 1 }]);
  expect(excluded).toEqual({ conflicting: 2, invalid: 0 });
  await training.markAsTrainable([yes], { trainable: false });
  expect(await picked('x', 'eco-friendly')).toEqual(['jute', 'cork']);
});

test('of three marks of the same inputs all are left out when one says something else', async () => {
  await marked('cork', 'eco-friendly', 'true');
  const again = `${cell.cascadeId}-again`;
  const inputs = JSON.stringify({ criterion: 'eco-friendly', text: 'cork' });
  training.log.append(callRecord({ traceId: again, cascadeId: cell.cascadeId, inputs, output: 'true' }));
  await training.markAsTrainable([again]);
  await marked('cork', 'eco-friendly', 'false');
  expect(await picked('x', 'eco-friendly')).toEqual([]);
  const { conflicts, excluded } = await training.pools.snapshot(cell);
  expect([conflicts.length, excluded.conflicting]).toEqual([2, 3]);
});

test('near duplicates are found again and forgotten as marks come and go', async () => {
  await marked('what is my balance', 'about money', 'true');
  await marked('pay my bill', 'about money', 'true');
  expect((await training.pools.snapshot(cell)).conflicts).toEqual([]);
  const near = await marked('whats my balance', 'about money', 'false');
  expect((await training.pools.snapshot(cell)).conflicts).toHaveLength(1);
  await training.markAsTrainable([near], { correction: 'true' });
  expect((await training.pools.snapshot(cell)).conflicts).toEqual([]);
  await training.markAsTrainable([near], { correction: 'false' });
  expect((await training.pools.snapshot(cell)).excluded.conflicting).toBe(2);
});

test('near duplicates with different labels are left out, negations and texts with one label are not', async () => {
  await marked('what is my balance', 'about money', 'true');
  await marked('whats my balance', 'about money', 'false');
  await marked('this film is good', 'about money', 'false');
  await marked('this film is not good', 'about money', 'true');
  await marked('pay my bill', 'about money', 'true');
  await marked('pay my bills', 'about money', 'true');
  expect(await picked('x', 'about money')).toEqual([
    'pay my bills',
    'pay my bill',
    'this film is not good',
    'this film is good',
  ]);
  const { conflicts } = await training.pools.snapshot(cell);
  expect(conflicts.map(({ kind }) => kind)).toEqual(['near_duplicate']);
});

test('against a mark of a rule a mark of a person stands', async () => {
  await marked('cork', 'eco-friendly', 'true');
  await marked('cork', 'eco-friendly', 'false', { source: 'auto' });
  expect(await picked('x', 'eco-friendly')).toEqual(['cork']);
  expect((await training.pools.snapshot(cell)).examples.map(({ output }) => output)).toEqual(['true']);
});

test('a correction that the cell could not have given teaches nothing; one it could is spelled its way', async () => {
  const canonical = (output: string) => (/^(true|false)$/i.test(output) ? output.toLowerCase() : null);
  cell = { ...cell, outputs: { labels: true, canonical } };
  await marked('cork', 'eco-friendly', 'true', { correction: 'yup' });
  await marked('jute', 'eco-friendly', 'true', { correction: 'FALSE' });
  const { examples, excluded } = await training.pools.snapshot(cell);
  expect(examples.map(({ inputs, output }) => [inputs.text, output])).toEqual([['jute', 'false']]);
  expect(excluded).toEqual({ conflicting: 0, invalid: 1 });
});

test('marks by a rule are at most half of a prompt, and alone they are none', async () => {
  for (const text of ['alpha', 'beta', 'gamma', 'delta'])
    await marked(text, 'eco-friendly', 'true', { source: 'auto' });
  expect(await picked('x', 'eco-friendly')).toEqual([]);
  await marked('human', 'eco-friendly', 'true');
  expect(await picked('x', 'eco-friendly')).toEqual(['human', 'delta']);
});

test('an example beyond the budget is dropped whole and is not listed', async () => {
  await marked('z'.repeat(20_000), 'eco-friendly', 'true');
  await marked('y'.repeat(20_000), 'eco-friendly', 'true');
  await marked('short', 'eco-friendly', 'true');
  const texts = await picked('x', 'eco-friendly');
  expect(texts.map((text) => text.length)).toEqual([5, 20_000]);
});

test.each(
  ['recent', 'high_confidence', 'random', 'semantic'].flatMap((strategy) =>
    [true, false].flatMap((verifiedOnly) =>
      [0, 0.8].map((minConfidence) => [strategy, verifiedOnly, minConfidence]),
    ),
  ) as [string, boolean, number][],
)(
  '%s with verified_only %s and min_confidence %s takes the marks that pass both and no other',
  async (strategy, verifiedOnly, minConfidence) => {
    await marked('red apple', 'a fruit', 'true', { verified: true, confidence: 0.9 });
    await marked('green pear', 'a fruit', 'true', { verified: true, confidence: 0.5 });
    await marked('blue plum', 'a fruit', 'false', { confidence: 0.9 });
    await marked('ripe banana', 'a fruit', 'false', { confidence: 0.5 });
    const expected = ['red apple'];
    if (minConfidence === 0) expected.push('green pear');
    if (!verifiedOnly) expected.push('blue plum');
    if (!verifiedOnly && minConfidence === 0) expected.push('ripe banana');
    const texts = await picked('apple pear plum banana', 'a fruit', {
      ...ON,
      strategy,
      verifiedOnly,
      minConfidence,
    });
    expect(texts.toSorted()).toEqual(expected.toSorted());
  },
);

test('vectors of examples are kept in the store and found there', async () => {
  await marked('a text of its own', 'eco-friendly', 'true');
  await training.pools.snapshot(cell);
  await training.embeddings?.settled();
  const [kept] = await home.store.query<{ model: string; length: number }>(
    'tables',
    `SELECT model, length(base64Decode(vector)) AS length FROM rvbbit.embeddings
     WHERE text_hash = lower(hex(substring(SHA256('a text of its own'), 1, 16)))`,
  );
  expect(kept?.length).toBe(256 * 4);
});
