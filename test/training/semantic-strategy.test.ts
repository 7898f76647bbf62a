import { expect, test } from 'vitest';
import type { Example } from '../../src/training/example.ts';
import type { ExampleSnapshot } from '../../src/training/pool/example-snapshot.ts';
import { makePool } from '../../src/training/pool/make-pool.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import { KnownVectors } from './support/known-vectors.ts';

const CELL = { cascadeId: 'c', cellName: 'evaluate', fingerprint: 'fp', criterionArg: null };
const SETTINGS = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true, strategy: 'semantic', limit: 3 };

interface Given {
  readonly text: string;
  readonly vector: readonly number[];
  readonly output?: string;
}

async function pick(given: readonly Given[], limit = 3): Promise<readonly Example[]> {
  const embedder = new KnownVectors({
    row: [1],
    ...Object.fromEntries(given.map(({ text, vector }) => [text, vector])),
  });
  const examples = given.map(({ text, output = 'true' }, at) => ({
    traceId: text,
    inputs: { text },
    output,
    confidence: 1,
    verified: false,
    ingested: 1000 - at,
  }));
  const snapshot: ExampleSnapshot = {
    version: '1',
    examples,
    vectors: await embedder.embed(given.map(({ text }) => text)),
    conflicts: [],
    excluded: { conflicting: 0, invalid: 0 },
  };
  const embed = (texts: readonly string[]) => embedder.embed(texts);
  const pool = await makePool(snapshot, CELL, { ...SETTINGS, limit }, { rows: embed, criteria: embed });
  const row = { text: 'row' };
  await pool.prepare?.([row]);
  return pool.pick(row);
}

const ids = (examples: readonly Example[]) => examples.map(({ traceId }) => traceId);

test('the nearest are picked, the most similar last, each with its similarity', async () => {
  const examples = await pick([
    { text: 'near', vector: [1, 0.5] },
    { text: 'far', vector: [1, 0, 3] },
    { text: 'middle', vector: [1, 0, 0, 1] },
    { text: 'nearest', vector: [1, 0, 0, 0, 0.1] },
  ]);
  expect(ids(examples)).toEqual(['middle', 'near', 'nearest']);
  expect(examples.map(({ similarity }) => Number(similarity?.toFixed(2)))).toEqual([0.71, 0.89, 1]);
});

test('what has nothing to do with the row is not picked at all', async () => {
  expect(ids(await pick([{ text: 'foreign', vector: [0, 1] }]))).toEqual([]);
});

test('near duplicates are collapsed to the most similar', async () => {
  const examples = await pick([
    { text: 'a', vector: [1, 0.2] },
    { text: 'a again', vector: [1, 0.21] },
    { text: 'b', vector: [1, 0, 0.6] },
  ]);
  expect(ids(examples)).toEqual(['b', 'a']);
});

test('of two equally near ones the one that adds something is picked', async () => {
  const examples = await pick(
    [
      { text: 'first', vector: [1, 0.5] },
      { text: 'like the first', vector: [1, 0.62, 0.3] },
      { text: 'other', vector: [1, -0.72] },
    ],
    2,
  );
  expect(ids(examples).toSorted()).toEqual(['first', 'other']);
});

test('no label has more than two thirds where there are two', async () => {
  const yes = Array.from({ length: 6 }, (_, at) => ({
    text: `yes ${at}`,
    vector: [1, ...Array.from({ length: 6 }, (_, axis) => (axis === at ? 0.4 : 0))],
  }));
  const three = await pick([...yes, { text: 'no', vector: [1, 1, 1], output: 'false' }]);
  expect(three.map(({ output }) => output).toSorted()).toEqual(['false', 'true', 'true']);
  const six = await pick([...yes, { text: 'no', vector: [1, 1, 1], output: 'false' }], 6);
  expect(six.map(({ output }) => output).toSorted()).toEqual(['false', 'true', 'true']);
  expect(await pick(yes, 6)).toHaveLength(6);
});

test('a row that was not prepared is an error and no wrong pick', async () => {
  const embedder = new KnownVectors({ a: [1] });
  const embed = (texts: readonly string[]) => embedder.embed(texts);
  const example = {
    traceId: 'a',
    inputs: { text: 'a' },
    output: 'x',
    confidence: 1,
    verified: false,
    ingested: 1,
  };
  const snapshot: ExampleSnapshot = {
    version: '1',
    examples: [example],
    vectors: await embed(['a']),
    conflicts: [],
    excluded: { conflicting: 0, invalid: 0 },
  };
  const pool = await makePool(snapshot, CELL, SETTINGS, { rows: embed, criteria: embed });
  expect(() => pool.pick({ text: 'a' })).toThrow('picked for a row not prepared');
});

test('an embedder that fails gives no examples and says why', async () => {
  const fail = async (): Promise<readonly Float32Array[]> => {
    throw new Error('no vectors today');
  };
  const example = {
    traceId: 'a',
    inputs: { text: 'a' },
    output: 'x',
    confidence: 1,
    verified: false,
    ingested: 1,
  };
  const snapshot: ExampleSnapshot = {
    version: '1',
    examples: [example],
    vectors: [Float32Array.of(1)],
    conflicts: [],
    excluded: { conflicting: 0, invalid: 0 },
  };
  const pool = await makePool(snapshot, CELL, SETTINGS, { rows: fail, criteria: fail });
  const row = { text: 'a' };
  await pool.prepare?.([row]);
  expect([pool.pick(row), pool.trouble]).toEqual([[], 'no vectors today']);
});

test('a pick among 64 examples costs microseconds', async () => {
  const dimensions = 256;
  let state = 7;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  const vectorOf = (): Float32Array => {
    const values = Float32Array.from({ length: dimensions }, next);
    const length = Math.hypot(...values);
    return values.map((value) => value / length);
  };
  const vectors = Array.from({ length: 64 }, vectorOf);
  const examples = vectors.map((_, at) => ({
    traceId: String(at),
    inputs: { text: String(at) },
    output: String(at % 2),
    confidence: 1,
    verified: false,
    ingested: at,
  }));
  const snapshot = {
    version: '1',
    examples,
    vectors,
    conflicts: [],
    excluded: { conflicting: 0, invalid: 0 },
  };
  const embed = async (texts: readonly string[]) => texts.map(vectorOf);
  const pool = await makePool(snapshot, CELL, { ...SETTINGS, limit: 5 }, { rows: embed, criteria: embed });
  const rows = Array.from({ length: 5_000 }, (_, at) => ({ text: `row ${at}` }));
  await pool.prepare?.(rows);
  for (const row of rows) pool.pick(row);
  const started = process.cpuUsage();
  for (const row of rows) pool.pick(row);
  const { user, system } = process.cpuUsage(started);
  const microseconds = (user + system) / rows.length;
  console.log(`a pick among 64: ${microseconds.toFixed(1)} µs`);
  expect(microseconds).toBeLessThan(60);
});
