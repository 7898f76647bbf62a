import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePool } from '../../src/training/pool/make-pool.ts';
import { Strategies } from '../../src/training/strategies/find-strategy.ts';
import { loadStrategies } from '../../src/training/strategies/load-strategies.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';

const CELL = { cascadeId: 'c', cellName: 'evaluate', fingerprint: 'fp', criterionArg: 'criterion' };
const EXAMPLES = ['new', 'middle', 'old'].map((traceId, at) => ({
  traceId,
  inputs: { criterion: 'eco', text: traceId },
  output: 'true',
  confidence: 1,
  verified: false,
  ingested: 3 - at,
}));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-strategies-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function picked(file: string): Promise<readonly string[]> {
  await writeFile(join(folder, 'own.mjs'), file);
  const snapshot = {
    version: '1',
    examples: EXAMPLES,
    vectors: null,
    conflicts: [],
    excluded: { conflicting: 0, invalid: 0 },
  };
  const settings = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true, strategy: 'own', limit: 2 };
  const strategies = new Strategies(await loadStrategies(folder));
  const pool = await makePool(snapshot, CELL, settings, null, strategies);
  const row = { criterion: 'eco', text: 'x' };
  await pool.prepare?.([row]);
  return pool.pick(row).map(({ traceId }) => traceId);
}

test('one file in a folder is a strategy: it ranks, and the limit holds', async () => {
  expect(await picked("export default { name: 'own', rank: (all) => [...all].reverse() };")).toEqual([
    'old',
    'middle',
  ]);
});

test('a strategy cannot bring in what was not eligible, nor an example twice', async () => {
  const file = `export default { name: 'own', rank: ([first]) => [{ ...first, traceId: 'forged' }, first, first] };`;
  expect(await picked(file)).toEqual(['new']);
});

test('the shipped strategies stay, and no folder is no strategy', async () => {
  expect(await loadStrategies(join(folder, 'none'))).toEqual([]);
  expect(new Strategies().names()).toEqual(['recent', 'high_confidence', 'random', 'semantic']);
});

test.each([
  ['export default 7;', 'its default export is no object'],
  ["export default { name: 'x' };", 'it has neither a rank nor a select'],
  ['export default { rank: () => [] };', 'it has no name'],
  ['export default {', ''],
])('a file that says %s is refused with its name', async (file, problem) => {
  await writeFile(join(folder, 'broken.mjs'), file);
  await expect(loadStrategies(folder)).rejects.toMatchObject({
    message: expect.stringMatching(new RegExp(`broken\\.mjs.*${problem}`)) as string,
  });
});
