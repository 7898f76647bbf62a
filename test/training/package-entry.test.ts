import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  DEFAULT_TRAINING_SETTINGS,
  getTrainingExamples,
  getTrainingStats,
  injectTrainingExamplesIntoInstructions,
  markAsTrainable,
  openTraining,
} from '../../src/index.ts';
import { callRecord } from './support/call-record.ts';

test('the package marks, lists, counts and injects without a server', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-package-'));
  const training = await openTraining({ dataDir, warn: () => undefined });
  try {
    training.log.append(callRecord({ traceId: 'p1' }));
    expect(await markAsTrainable(training, ['p1'], { verified: true })).toMatchObject([{ verified: true }]);
    expect((await getTrainingExamples(training, { trainable: true })).examples).toMatchObject([
      { trace_id: 'p1' },
    ]);
    expect(await getTrainingStats(training, 'semantic_matches')).toMatchObject([{ trainable_count: 1 }]);
    const cell = {
      cascadeId: 'semantic_matches',
      cellName: 'evaluate',
      fingerprint: 'fp-1',
      criterionArg: 'criterion',
    };
    await training.pools.snapshot(cell);
    const settings = { ...DEFAULT_TRAINING_SETTINGS, useTraining: true };
    const inputs = { criterion: 'sustainable', text: 'hemp' };
    const injected = await injectTrainingExamplesIntoInstructions(training, 'Judge.', cell, settings, inputs);
    expect(injected.exampleIds).toEqual(['p1']);
    expect(injected.instructions).toMatch(/^<examples>[^]*bamboo toothbrush[^]*\n\nJudge\.$/);
  } finally {
    await training.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
