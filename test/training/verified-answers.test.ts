import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCascade } from '../../src/operators/cascade/load-cascade.ts';
import { Answers } from '../../src/operators/evaluation/answers.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../src/operators/evaluation/statement-scope.ts';
import type { SemanticSettings } from '../../src/operators/evaluation/statement-scope.ts';
import type { CascadeAnswer } from '../../src/operators/runner/cascade-runner.ts';
import { ModelCascadeRunner } from '../../src/operators/runner/model-cascade-runner.ts';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';
import { formatExamples } from '../../src/training/formats/format-examples.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { Script } from '../operators/support/script.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

const CASCADE = loadCascade(
  'matches.cascade.yaml',
  readFileSync('cascades/semantic_sql/matches.cascade.yaml', 'utf8'),
);
const CORK = { criterion: 'eco-friendly', text: 'cork' };

let home: TemporaryStore;
let training: TrainingSystem;
let answers: Answers;
const model = new Script(['true']);

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, { warn: () => undefined, patienceMs: 10_000 });
  answers = new Answers({
    training: training.pools,
    log: training.log,
    runner: new ModelCascadeRunner({
      providers: { find: () => model },
      log: training.log,
      formatExamples,
      defaultModel: 'script/one',
    }),
    scheduler: new CallScheduler({ concurrency: 4 }),
    defaultModel: 'script/one',
  });
});

afterAll(async () => {
  await training.log.close();
  await home.dispose();
});

async function ask(
  inputs: Readonly<Record<string, unknown>>,
  fields: Partial<SemanticSettings> = {},
): Promise<CascadeAnswer> {
  const settings = { ...DEFAULT_SEMANTIC_SETTINGS, ...fields };
  const maker = await answers.maker(CASCADE, settings);
  await maker.prepare([inputs]);
  const signal = new AbortController().signal;
  const scope = {
    sessionId: 's',
    statementId: 'st',
    caller: 'sql' as const,
    settings,
    signal,
    notice: () => undefined,
  };
  return answers.compute(maker.call(inputs), scope, signal);
}

test('a verified correction is the answer to the same inputs, without a call, and the log says that a person gave it', async () => {
  const asked = await ask(CORK);
  expect(asked.value).toBe(true);
  await training.markAsTrainable([asked.traceId], { trainable: false, verified: true, correction: 'FALSE' });
  const before = model.requests.length;
  const verified = await ask(CORK);
  expect(verified.value).toBe(false);
  expect(model.requests.length).toBe(before);
  await training.log.flush();
  const rows = await home.store.query(
    'tables',
    `SELECT source, output, provider, cost_usd, parent_trace_id FROM rvbbit.unified_logs WHERE trace_id = {id:String}`,
    { id: verified.traceId },
  );
  expect(rows).toEqual([
    { source: 'human', output: 'false', provider: '', cost_usd: 0, parent_trace_id: asked.traceId },
  ]);
});

test('other inputs, and a session that wants none, ask the model', async () => {
  const before = model.requests.length;
  expect((await ask({ ...CORK, text: 'jute' })).value).toBe(true);
  expect((await ask(CORK, { useVerified: false })).value).toBe(true);
  expect(model.requests.length).toBe(before + 2);
});

test('two people who verified different answers leave the question to the model', async () => {
  const text = { ...CORK, text: 'hemp' };
  const one = await ask(text, { useVerified: false });
  const other = await ask(text, { useVerified: false });
  await training.markAsTrainable([one.traceId], { verified: true });
  await training.markAsTrainable([other.traceId], { verified: true, correction: 'false' });
  const before = model.requests.length;
  await ask(text);
  expect(model.requests.length).toBe(before + 1);
});

test('a verification by a rule is none', async () => {
  const text = { ...CORK, text: 'rope' };
  const { traceId } = await ask(text);
  const mark = { trainable: false, verified: true, correction: 'false', source: 'auto' };
  await training.markAsTrainable([traceId], mark);
  expect((await ask(text)).value).toBe(true);
});

test('the log tells which examples taught a call, by which strategy, and in which order', async () => {
  const first = await ask({ ...CORK, text: 'bamboo' });
  await training.markAsTrainable([first.traceId]);
  const taught = await ask({ ...CORK, text: 'plastic' });
  await training.log.flush();
  const rows = await home.store.query(
    'tables',
    `SELECT example_trace_id, strategy, rank, similarity FROM rvbbit.training_injections
     WHERE trace_id = {id:String} ORDER BY rank`,
    { id: taught.traceId },
  );
  expect(rows).toEqual([{ example_trace_id: first.traceId, strategy: 'recent', rank: 1, similarity: null }]);
});
