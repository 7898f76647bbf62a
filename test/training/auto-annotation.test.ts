import { afterAll, beforeAll, expect, test } from 'vitest';
import { agreement } from '../../src/training/auto/agreement.ts';
import { annotateAutomatically } from '../../src/training/auto/annotate-automatically.ts';
import { calibration } from '../../src/training/auto/calibration.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { callRecord } from './support/call-record.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let training: TrainingSystem;
const CELL = { cascadeId: 'auto', cellName: 'evaluate', fingerprint: 'fp-1', criterionArg: null };

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, { warn: () => undefined });
});

afterAll(async () => {
  await training.log.close();
  await home.dispose();
});

function logged(traceId: string, text: string, fields: { exampleIds?: readonly string[] } = {}): void {
  const inputs = JSON.stringify({ text });
  training.log.append(callRecord({ traceId, cascadeId: 'auto', inputs, output: 'true', ...fields }));
}

const marks = () =>
  home.store.query(
    'tables',
    `SELECT trace_id, trainable, verified, round(confidence, 2) AS confidence, source
     FROM rvbbit.training_annotations FINAL WHERE cascade_id = 'auto' ORDER BY trace_id`,
  );

test('agreement marks what nobody marked, as auto and never verified; what automatic examples taught is left alone', async () => {
  logged('human', 'of a person');
  await training.markAsTrainable(['human'], { trainable: false });
  logged('sure', 'all agree');
  logged('unsure', 'none agrees');
  const ask = async ({ text }: Readonly<Record<string, unknown>>) =>
    text === 'none agrees' ? 'false' : 'true';
  const request = { cell: CELL, limit: 100, minConfidence: 0.8, judge: agreement(3, ask) };
  expect(await annotateAutomatically(training, request)).toEqual({
    marked: 2,
    trainable: 1,
    calibrated: false,
  });
  const expected = [
    { trace_id: 'human', trainable: false, verified: false, confidence: 1, source: 'human' },
    { trace_id: 'sure', trainable: true, verified: false, confidence: 0.8, source: 'auto' },
    { trace_id: 'unsure', trainable: false, verified: false, confidence: 0.2, source: 'auto' },
  ];
  expect(await marks()).toEqual(expected);
  logged('taught', 'by a rule', { exampleIds: ['sure'] });
  expect(await annotateAutomatically(training, request)).toMatchObject({ marked: 0 });
});

test('a rule has no say over the mark of a person', async () => {
  await training.annotations.mark([{ traceId: 'human', trainable: true }], { by: 'auto', source: 'auto' });
  expect(await marks()).toMatchObject([{ trace_id: 'human', trainable: false, source: 'human' }, {}, {}]);
  await training.markAsTrainable(['sure'], { trainable: false });
  expect(await marks()).toMatchObject([{}, { trace_id: 'sure', trainable: false, source: 'human' }, {}]);
});

test('labels of people decide what agreement is worth, which never falls as more agree', () => {
  const rows = (score: number, right: number, wrong: number) => [
    ...Array.from({ length: right }, () => ({ score, right: true })),
    ...Array.from({ length: wrong }, () => ({ score, right: false })),
  ];
  const worth = calibration(3, [...rows(1, 6, 2), ...rows(2, 4, 6), ...rows(3, 19, 1)]);
  expect(worth(3)).toBeCloseTo(20 / 22, 10);
  expect(worth(2)).toBeCloseTo(worth(1), 10);
  expect(worth(0)).toBeLessThanOrEqual(worth(1));
  expect(calibration(3, rows(3, 29, 0))(3)).toBeCloseTo(4 / 5, 10);
});
