import { afterAll, beforeAll, expect, test } from 'vitest';
import { TrainingSystem } from '../../src/training/training-system.ts';
import { callRecord } from './support/call-record.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let training: TrainingSystem;
const ANN = { by: 'ann', source: 'human' };

beforeAll(async () => {
  home = await temporaryStore();
  training = new TrainingSystem(home.store, { warn: () => undefined });
});

afterAll(async () => {
  await training.log.close();
  await home.dispose();
});

const current = (traceId: string) =>
  home.store.query('tables', 'SELECT * FROM rvbbit.training_annotations FINAL WHERE trace_id = {id:String}', {
    id: traceId,
  });

test('a call can be marked as soon as it was logged, and columns left out take their defaults', async () => {
  training.log.append(callRecord({ traceId: 'fresh' }));
  const [annotation] = await training.annotations.mark([{ traceId: 'fresh', trainable: true }], ANN);
  expect(annotation).toMatchObject({
    traceId: 'fresh',
    trainable: true,
    verified: false,
    confidence: 1,
    notes: '',
    tags: [],
    correction: null,
    annotatedBy: 'ann',
    source: 'human',
  });
  expect(await current('fresh')).toHaveLength(1);
});

test('a mark keeps the columns it leaves out, and the newest one counts without waiting for a merge', async () => {
  training.log.append(callRecord({ traceId: 'kept' }));
  await training.annotations.mark(
    [{ traceId: 'kept', trainable: true, confidence: 0.5, tags: ['a', "b'"] }],
    ANN,
  );
  await training.annotations.mark([{ traceId: 'kept', notes: 'checked' }], { by: 'bob', source: 'human' });
  await training.annotations.mark([{ traceId: 'kept', correction: 'false' }], ANN);
  await training.annotations.mark([{ traceId: 'kept', correction: null, verified: true }], ANN);
  expect(await current('kept')).toMatchObject([
    {
      trainable: true,
      verified: true,
      confidence: 0.5,
      tags: ['a', "b'"],
      notes: 'checked',
      correction: null,
    },
  ]);
});

test('every version of an annotation stays in the history, its removal too', async () => {
  training.log.append(callRecord({ traceId: 'old' }));
  await training.annotations.mark([{ traceId: 'old', trainable: true }], ANN);
  await training.annotations.mark([{ traceId: 'old', trainable: false }], ANN);
  await training.annotations.remove(['old', 'never marked'], { by: 'eve', source: 'human' });
  expect(await current('old')).toEqual([]);
  const history = await home.store.query(
    'tables',
    `SELECT trainable, deleted, annotated_by FROM rvbbit.training_annotation_history
     WHERE trace_id = 'old' ORDER BY version`,
  );
  expect(history).toEqual([
    { trainable: true, deleted: 0, annotated_by: 'ann' },
    { trainable: false, deleted: 0, annotated_by: 'ann' },
    { trainable: false, deleted: 1, annotated_by: 'eve' },
  ]);
});

test('a mark after a removal starts from the defaults again', async () => {
  training.log.append(callRecord({ traceId: 'again' }));
  await training.annotations.mark([{ traceId: 'again', trainable: true, notes: 'first' }], ANN);
  await training.annotations.remove(['again'], ANN);
  await training.annotations.mark([{ traceId: 'again', verified: true }], ANN);
  expect(await current('again')).toMatchObject([{ trainable: false, verified: true, notes: '' }]);
});

test('unknown trace ids are named, and nothing of the change is applied', async () => {
  training.log.append(callRecord({ traceId: 'known' }));
  const marks = ['known', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'].map((traceId) => ({
    traceId,
    trainable: true,
  }));
  await expect(training.annotations.mark(marks, ANN)).rejects.toMatchObject({
    code: '23503',
    message: 'no logged call has the trace id "x1", "x2", "x3", "x4", "x5" and 2 more',
  });
  expect(await current('known')).toEqual([]);
});

test('a confidence outside 0 to 1 is refused and nothing of the change is applied', async () => {
  training.log.append(callRecord({ traceId: 'sure' }));
  const marks = [
    { traceId: 'sure', trainable: true },
    { traceId: 'sure', confidence: 1.5 },
  ];
  await expect(training.annotations.mark(marks, ANN)).rejects.toMatchObject({ code: '23514' });
  expect(await current('sure')).toEqual([]);
});

test('fifty writers at once lose nothing, even on the same call', async () => {
  for (let at = 0; at < 50; at += 1) training.log.append(callRecord({ traceId: `w-${at}` }));
  training.log.append(callRecord({ traceId: 'shared' }));
  const columns = ['trainable', 'verified'] as const;
  await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      training.annotations.mark(
        [
          { traceId: `w-${at}`, trainable: true, notes: `writer ${at}` },
          at < 2
            ? { traceId: 'shared', [columns[at] ?? '']: true }
            : { traceId: 'shared', notes: `writer ${at}` },
        ],
        ANN,
      ),
    ),
  );
  const rows = await home.store.query(
    'tables',
    `SELECT count() AS rows, uniqExact(notes) AS notes FROM rvbbit.training_annotations FINAL
     WHERE startsWith(trace_id, 'w-') AND trainable`,
  );
  expect(rows).toEqual([{ rows: 50, notes: 50 }]);
  expect(await current('shared')).toMatchObject([{ trainable: true, verified: true, notes: 'writer 49' }]);
});

test('statistics count the newest annotations only', async () => {
  for (const id of ['s1', 's2', 's3']) training.log.append(callRecord({ traceId: id, cascadeId: 'stats' }));
  training.log.append(callRecord({ traceId: 's4', cascadeId: 'stats', error: 'no answer' }));
  await training.markAsTrainable(['s1', 's2'], { confidence: 0.5 });
  await training.markAsTrainable(['s2'], { verified: true, confidence: 1 });
  await training.markAsTrainable(['s1'], { trainable: false });
  expect(await training.getTrainingStats('stats')).toMatchObject([
    {
      cascade_id: 'stats',
      cell_name: 'evaluate',
      total_executions: 3,
      annotated_count: 2,
      trainable_count: 1,
      verified_count: 1,
      avg_confidence: 1,
    },
  ]);
});

test('examples are listed with their annotations, filtered and paged', async () => {
  for (let at = 0; at < 5; at += 1) {
    training.log.append(
      callRecord({
        traceId: `l-${at}`,
        cascadeId: 'list',
        cellName: at < 3 ? 'a' : 'b',
        timestampUs: BigInt(at),
      }),
    );
  }
  await training.markAsTrainable(['l-1', 'l-4'], { notes: 'good' });
  const ids = async (filter: Parameters<typeof training.getTrainingExamples>[0]) => {
    const page = await training.getTrainingExamples({ cascadeId: 'list', ...filter });
    return [page.total, ...page.examples.map((example) => example.trace_id)];
  };
  expect(await ids({})).toEqual([5, 'l-4', 'l-3', 'l-2', 'l-1', 'l-0']);
  expect(await ids({ trainable: true })).toEqual([2, 'l-4', 'l-1']);
  expect(await ids({ trainable: false, limit: 1, offset: 1 })).toEqual([3, 'l-2']);
  expect(await ids({ cellNames: ['b'] })).toEqual([2, 'l-4', 'l-3']);
  expect(await ids({ search: 'BAMBOO', sessionId: 'session-1', limit: 1 })).toEqual([5, 'l-4']);
  expect(await ids({ search: "no ' such" })).toEqual([0]);
  const page = await training.getTrainingExamples({ cascadeId: 'list', limit: 2 });
  expect(page.examples).toMatchObject([
    { trace_id: 'l-4', trainable: true, confidence: 1, notes: 'good', annotation_source: 'human' },
    { trace_id: 'l-3', trainable: false, confidence: null, annotated_at: null, annotation_source: '' },
  ]);
});
