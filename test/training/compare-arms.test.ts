import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Example } from '../../src/training/example.ts';
import { compareArms } from '../../src/training/measure/compare-arms.ts';
import type { ArmAsker, ArmName } from '../../src/training/measure/compare-arms.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/training/training-settings.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import type { Inputs } from '../../src/training/training.ts';
import { callRecord } from './support/call-record.ts';
import { KnownVectors } from './support/known-vectors.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let training: TrainingSystem;
const CELL = { cascadeId: 'ab', cellName: 'evaluate', fingerprint: 'fp-1', criterionArg: null };
const WITHOUT = { ...DEFAULT_TRAINING_SETTINGS, useTraining: false };
const RECENT = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true, limit: 20 };

/** Twelve texts in six pairs of near duplicates. */
const TEXTS = Array.from({ length: 12 }, (_, at) => `text ${Math.floor(at / 2)}${at % 2 === 0 ? '' : '!'}`);

beforeAll(async () => {
  home = await temporaryStore();
  const vectors = Object.fromEntries(
    TEXTS.map((text, at) => [
      text,
      Array.from({ length: 6 }, (_, axis) => (axis === Math.floor(at / 2) ? 1 : 0)),
    ]),
  );
  training = new TrainingSystem(home.store, { warn: () => undefined, embedder: new KnownVectors(vectors) });
  for (const [at, text] of TEXTS.entries()) {
    const inputs = JSON.stringify({ text });
    training.log.append(callRecord({ traceId: `t${at}`, cascadeId: 'ab', inputs, output: 'true' }));
  }
  await training.markAsTrainable(TEXTS.map((_, at) => `t${at}`));
});

afterAll(async () => {
  await training.log.close();
  await training.embeddings?.settled();
  await home.dispose();
});

class Recorded implements ArmAsker {
  readonly asked: { arm: ArmName; text: string; examples: readonly string[] }[] = [];

  constructor(private readonly answer: (arm: ArmName) => string) {}

  async ask(arm: ArmName, inputs: Inputs, examples: readonly Example[]): Promise<string> {
    const taught = examples.map((example) => String(example.inputs.text));
    this.asked.push({ arm, text: String(inputs.text), examples: taught });
    return this.answer(arm);
  }

  async spent(arm: ArmName) {
    return { costUsd: arm === 'a' ? 1 : 2.2, tokens: arm === 'a' ? 100 : 200 };
  }
}

const run = (asker: ArmAsker, sample = 100) =>
  compareArms(training.pools, asker, { cell: CELL, a: WITHOUT, b: RECENT, sample, concurrency: 1 });

test('no row is taught by itself or its near duplicate, and only one arm is taught at all', async () => {
  const asker = new Recorded(() => 'true');
  await run(asker);
  expect(asker.asked).toHaveLength(24);
  for (const { arm, text, examples } of asker.asked) {
    if (arm === 'a') expect(examples).toEqual([]);
    else {
      expect(examples).toHaveLength(10);
      expect(examples.map((one) => one.replace('!', ''))).not.toContain(text.replace('!', ''));
    }
  }
});

test('the arms take turns in being asked first', async () => {
  const asker = new Recorded(() => 'true');
  await run(asker, 4);
  expect(asker.asked.map(({ arm }) => arm).join('')).toBe('abbaabba');
});

test('the report says how good both arms are, what they cost, what an error less costs, and which rows changed', async () => {
  const compared = await run(new Recorded((arm) => (arm === 'a' ? 'false' : 'true')));
  expect(compared).toMatchObject({
    n: 12,
    accuracyA: 0,
    accuracyB: 1,
    delta: 1,
    wins: 12,
    losses: 0,
    verdict: 'b is better',
    spentA: { costUsd: 1, tokens: 100 },
    spentB: { costUsd: 2.2, tokens: 200 },
  });
  expect(compared.costOfErrorAvoided).toBeCloseTo(0.1, 10);
  expect(compared.changed).toHaveLength(12);
  expect(compared.changed[0]).toMatchObject({ truth: 'true', a: 'false', b: 'true' });
});

test('rows that were only ever marked good are said to bias the verdict; a correction ends that', async () => {
  const said = async () => (await run(new Recorded(() => 'true'), 1)).notes.join();
  expect(await said()).toContain('training_audit');
  await training.markAsTrainable(['t0', 't1'], { correction: 'false' });
  expect(await said()).toBe('');
});

test('a cell without marks cannot be measured', async () => {
  const cell = { ...CELL, cellName: 'nobody' };
  const asker = new Recorded(() => 'true');
  await expect(
    compareArms(training.pools, asker, { cell, a: WITHOUT, b: RECENT, sample: 1, concurrency: 1 }),
  ).rejects.toMatchObject({ code: '22023', message: 'no execution of ab.nobody is marked as trainable' });
});
