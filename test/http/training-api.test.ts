import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  AnnotationChangeResult,
  Conflict,
  MarkResult,
} from '../../src/server/http/schemas/annotations.ts';
import type { RowExplanation } from '../../src/server/http/schemas/explain.ts';
import type { ErrorShape } from '../../src/server/http/schemas/error.ts';
import type { ExampleCounts, ExamplePage, SimilarExample } from '../../src/server/http/schemas/examples.ts';
import type { Attention, Home } from '../../src/server/http/schemas/overview.ts';
import type { Queue } from '../../src/server/http/schemas/queue.ts';
import { callRecord } from '../training/support/call-record.ts';
import { generateLog } from './support/generated-log.ts';
import { HttpFixture } from './support/http-fixture.ts';

const CALLS = 2_000;
let home: HttpFixture;
let ids: readonly string[];

beforeAll(async () => {
  home = await HttpFixture.open();
  const { training, statements, registry } = home;
  ids = await generateLog({ training, statements, operators: registry.current() }, CALLS);
});

afterAll(() => home.close());

async function page(query: string): Promise<ExamplePage> {
  const { status, body } = await home.get<ExamplePage>(`/api/training/examples?${query}`);
  expect(status).toBe(200);
  return body;
}

/** Calls without an error, as the store has them. */
async function storedCount(condition: string): Promise<number> {
  const rows = await home.stored<{ n: number }>(
    `SELECT count() AS n FROM rvbbit.unified_logs WHERE error IS NULL AND ${condition}`,
  );
  return rows[0]?.n ?? -1;
}

test('examples come newest first, page by page, and all of them are counted', async () => {
  const first = await page('limit=3');
  const second = await page('limit=3&offset=3');
  expect(first.total).toBe(await storedCount('1'));
  const got = [...first.examples, ...second.examples].map((row) => row.trace_id);
  const newest = await home.stored<{ trace_id: string }>(
    'SELECT trace_id FROM rvbbit.training_examples ORDER BY ingested DESC, trace_id LIMIT 6',
  );
  expect(got).toEqual(newest.map((row) => row.trace_id));
  expect(first.examples[0]).toMatchObject({
    trainable: false,
    confidence: null,
    stale: false,
    conflict: false,
  });
});

test('pages by cursor join without a gap, whatever is logged meanwhile', async () => {
  const all = await page('cell_name=classify&limit=1000');
  const ids = all.examples.map((row) => row.trace_id);
  expect(ids.length).toBeGreaterThan(20);
  const joined: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const part = await page(
      `cell_name=classify&limit=${Math.ceil(ids.length / 3)}${cursor && `&cursor=${cursor}`}`,
    );
    joined.push(...part.examples.map((row) => row.trace_id));
    home.training.log.append(
      callRecord({ traceId: `meanwhile-${joined.length}`, cascadeId: 'elsewhere', cellName: 'classify' }),
    );
    cursor = part.next_cursor;
  }
  expect(joined).toEqual(ids);
  await home.training.deleteCalls(joined.map((_, at) => `meanwhile-${at + 1}`));
  expect((await home.get<ErrorShape>('/api/training/examples?cursor=nonsense')).status).toBe(400);
  const { body } = await home.get<{ logs: { trace_id: string }[]; next_cursor: string }>(
    '/api/training/session-logs?session_id=session-2&limit=2',
  );
  const next = await home.get<{ logs: { trace_id: string }[] }>(
    `/api/training/session-logs?session_id=session-2&limit=2&cursor=${body.next_cursor}`,
  );
  const both = await home.get<{ logs: { trace_id: string }[] }>(
    '/api/training/session-logs?session_id=session-2&limit=4',
  );
  const traces = (logs: readonly { trace_id: string }[]) => logs.map((row) => row.trace_id);
  expect([...traces(body.logs), ...traces(next.body.logs)]).toEqual(traces(both.body.logs));
});

test('filters are joined by and, a repeated one by or', async () => {
  const both = await page('cell_name=evaluate&cell_name=classify&limit=1');
  const one = await page('cascade_id=sentiment_classifier&cell_name=classify&limit=1');
  expect(both.total).toBe(await storedCount('1'));
  expect(one.total).toBe(await storedCount("cascade_id = 'sentiment_classifier'"));
  expect((await page('search=BAMBOO&limit=1')).total).toBe(
    await storedCount("positionCaseInsensitiveUTF8(inputs, 'bamboo') > 0"),
  );
  expect((await page('label=true&model=gpt-4.1-nano&limit=1')).total).toBe(
    await storedCount("output = 'true' AND model = 'gpt-4.1-nano'"),
  );
  expect((await page('session_id=session-1&limit=1')).total).toBe(
    await storedCount("session_id = 'session-1'"),
  );
});

test.each([
  ['limit=0', 'limit', 'must be a whole number from 1 to 1000'],
  ['limit=ten', 'limit', 'must be a whole number from 1 to 1000'],
  ['offset=-1', 'offset', 'must be a whole number from 0 to 100000000'],
  ['trainable=yes', 'trainable', 'must be true or false'],
  ['min_confidence=2', 'min_confidence', 'must be a number from 0 to 1'],
  ['cascade=x', 'cascade', 'is not known'],
])('the query %s is refused and says why', async (query, field, reason) => {
  const { status, body } = await home.get<ErrorShape>(`/api/training/examples?${query}`);
  expect([status, body.field, body.reason]).toEqual([400, field, reason]);
});

test('marking reports each id, and the store has exactly the known ones', async () => {
  const [one = '', two = ''] = (await page('cascade_id=semantic_matches&limit=2')).examples.map(
    (row) => row.trace_id,
  );
  const { status, body } = await home.post<MarkResult>('/api/training/mark-trainable', {
    trace_ids: [one, 'no-such-trace', two],
    trainable: true,
    verified: true,
    confidence: 0.9,
    notes: 'looks right',
    tags: ['checked'],
  });
  expect(status).toBe(200);
  expect(body).toEqual({
    marked: 2,
    results: [
      { trace_id: one, ok: true },
      { trace_id: 'no-such-trace', ok: false, error: 'no logged call has this trace id' },
      { trace_id: two, ok: true },
    ],
  });
  const rows = await home.stored(
    'SELECT trace_id, trainable, verified, confidence, notes, tags FROM rvbbit.training_annotations FINAL',
  );
  expect(rows.toSorted((a, b) => String(a.trace_id).localeCompare(String(b.trace_id)))).toEqual(
    [one, two].toSorted().map((trace_id) => ({
      trace_id,
      trainable: true,
      verified: true,
      confidence: 0.9,
      notes: 'looks right',
      tags: ['checked'],
    })),
  );
  expect((await page('trainable=true')).examples.map((row) => row.trace_id).toSorted()).toEqual(
    [one, two].toSorted(),
  );
  expect((await page('marked=false&limit=1')).total).toBe((await storedCount('1')) - 2);
  expect((await page('min_confidence=0.95')).total).toBe(0);
  expect((await page('tag=checked')).total).toBe(2);
});

test.each([
  [{ trace_ids: [] }, 'trace_ids', 'must name at least one trace'],
  [{ trace_ids: ['x'], confidence: 1.5 }, 'confidence', 'must be a number from 0 to 1'],
  [{ trace_ids: ['x'], trainabel: true }, 'trainabel', 'is not known'],
])('the mark %j is refused and marks nothing', async (mark, field, reason) => {
  const { status, body } = await home.post<ErrorShape>('/api/training/mark-trainable', mark);
  expect([status, body.field, body.reason]).toEqual([400, field, reason]);
});

test('a body that is no JSON, or is not said to be, is refused', async () => {
  const broken = await fetch(`${home.url}/api/training/mark-trainable`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  expect([broken.status, await broken.json()]).toMatchObject([400, { field: 'body', reason: 'is no JSON' }]);
  const plain = await fetch(`${home.url}/api/training/mark-trainable`, {
    method: 'POST',
    body: '{"trace_ids":["x"]}',
  });
  expect([plain.status, await plain.json()]).toMatchObject([400, { field: 'body' }]);
});

test('a change of annotations answers with what undoes it', async () => {
  const [fresh = ''] = (await page('marked=false&limit=1')).examples.map((row) => row.trace_id);
  const [marked = ''] = (await page('trainable=true&limit=1')).examples.map((row) => row.trace_id);
  const change = await home.post<AnnotationChangeResult>('/api/training/annotations', {
    marks: [
      { trace_id: fresh, trainable: true, correction: 'false' },
      { trace_id: marked, trainable: false },
    ],
  });
  expect(change.body.unmarked).toEqual([fresh]);
  expect(change.body.previous).toMatchObject([{ trace_id: marked, trainable: true, notes: 'looks right' }]);
  expect((await page('corrected=true')).examples[0]).toMatchObject({ trace_id: fresh, correction: 'false' });
  const undo = await home.post('/api/training/annotations', {
    marks: change.body.previous,
    removals: change.body.unmarked,
  });
  expect(undo.status).toBe(200);
  expect((await page('corrected=true')).total).toBe(0);
  expect((await page('trainable=true')).total).toBe(2);
  const history = await home.stored<{ n: number }>(
    `SELECT count() AS n FROM rvbbit.training_annotation_history WHERE trace_id = '${fresh}'`,
  );
  expect(history).toEqual([{ n: 2 }]);
});

test('a change that names an unknown trace applies nothing', async () => {
  const [fresh = ''] = (await page('marked=false&limit=1')).examples.map((row) => row.trace_id);
  const { status, body } = await home.post<ErrorShape>('/api/training/annotations', {
    marks: [
      { trace_id: fresh, trainable: true },
      { trace_id: 'nowhere', trainable: true },
    ],
  });
  expect([status, body.code]).toEqual([409, '23503']);
  expect((await page('trainable=true')).total).toBe(2);
});

test('statistics count executions and marks of each cell', async () => {
  const { body } = await home.get<{ stats: Record<string, unknown>[] }>(
    '/api/training/stats?cascade_id=semantic_matches',
  );
  expect(body.stats).toMatchObject([
    {
      cell_name: 'evaluate',
      total_executions: await storedCount("cascade_id = 'semantic_matches'"),
      annotated_count: 2,
      trainable_count: 2,
      verified_count: 2,
      avg_confidence: 0.9,
    },
  ]);
});

test('the logs of a session come in order, failed calls included', async () => {
  const { body } = await home.get<{ logs: { trace_id: string }[]; total: number }>(
    '/api/training/session-logs?session_id=session-2&limit=500',
  );
  const inSession = ids.slice(400, 600);
  expect(body.logs.map((log) => log.trace_id)).toEqual(inSession);
  expect(body.total).toBe(200);
  const none = await home.get<ErrorShape>('/api/training/session-logs');
  expect([none.status, none.body.field]).toEqual([400, 'session_id']);
});

test('counts tell marks and labels apart', async () => {
  const { body } = await home.get<ExampleCounts>('/api/training/counts?cascade_id=semantic_matches');
  expect(body).toMatchObject({ marked: 2, trainable: 2, verified: 2, corrected: 0 });
  const labels = Object.fromEntries(body.labels.map(({ label, count }) => [label, count]));
  expect(labels).toEqual({
    true: await storedCount("cascade_id = 'semantic_matches' AND output = 'true'"),
    false: await storedCount("cascade_id = 'semantic_matches' AND output = 'false'"),
  });
});

test('examples of the same inputs that teach different outputs are a conflict until one gives way', async () => {
  const fingerprint = home.registry.current().cascades.get('semantic_matches')?.cells[0]?.fingerprint ?? '';
  const inputs = '{"criterion":"round","text":"a globe"}';
  home.training.log.append(callRecord({ traceId: 'globe-1', inputs, output: 'true', fingerprint }));
  home.training.log.append(callRecord({ traceId: 'globe-2', inputs, output: 'false', fingerprint }));
  await home.post('/api/training/mark-trainable', { trace_ids: ['globe-1', 'globe-2'] });
  const { body } = await home.get<{ conflicts: Conflict[]; total: number }>('/api/training/conflicts');
  expect(body.total).toBe(1);
  expect(body.conflicts[0]?.inputs).toBe(inputs);
  expect(
    body.conflicts[0]?.sides.map(({ output, traces }) => [output, traces[0]?.trace_id]).toSorted(),
  ).toEqual([
    ['false', 'globe-2'],
    ['true', 'globe-1'],
  ]);
  expect((await page('conflict=true')).examples.map((row) => [row.trace_id, row.conflict])).toEqual([
    ['globe-2', true],
    ['globe-1', true],
  ]);
  await home.post('/api/training/annotations', { marks: [{ trace_id: 'globe-2', correction: 'true' }] });
  expect((await home.get<{ total: number }>('/api/training/conflicts')).body.total).toBe(0);
  expect((await page('conflict=true')).total).toBe(0);
});

test('nearly the same inputs that teach different outputs are a conflict too', async () => {
  const fingerprint = home.registry.current().cascades.get('semantic_matches')?.cells[0]?.fingerprint ?? '';
  const texts = {
    'lamp-1': 'a brass lamp with a green shade',
    'lamp-2': 'A brass lamp, with a green shade.',
  };
  for (const [traceId, text] of Object.entries(texts)) {
    const inputs = JSON.stringify({ criterion: 'bright', text });
    home.training.log.append(
      callRecord({ traceId, inputs, output: String(traceId === 'lamp-1'), fingerprint }),
    );
  }
  await home.post('/api/training/mark-trainable', { trace_ids: Object.keys(texts) });
  const { body } = await home.get<{ conflicts: Conflict[]; total: number }>('/api/training/conflicts');
  expect(body.total).toBe(1);
  expect(body.conflicts[0]).toMatchObject({ kind: 'near_duplicate', cell_name: 'evaluate' });
  expect(body.conflicts[0]?.similarity).toBeGreaterThan(0.95);
  await home.post('/api/training/annotations', { removals: Object.keys(texts) });
  expect((await home.get<{ total: number }>('/api/training/conflicts')).body.total).toBe(0);
});

test('calls of a former prompt are stale', async () => {
  home.training.log.append(callRecord({ traceId: 'old-prompt', fingerprint: 'of-a-former-prompt' }));
  const { examples, total } = await page('stale=true');
  expect([total, examples[0]?.trace_id, examples[0]?.stale]).toEqual([1, 'old-prompt', true]);
});

test('the queue holds unmarked calls of distinct inputs and says why each is shown', async () => {
  const { body } = await home.get<Queue>('/api/training/queue?cascade_id=semantic_matches&limit=25');
  expect(body.examples).toHaveLength(25);
  expect(new Set(body.examples.map((row) => row.inputs)).size).toBe(25);
  expect(body.examples.every((row) => row.confidence === null && !row.stale)).toBe(true);
  expect(body.examples.filter((row) => row.reason === 'sample')).toHaveLength(5);
  expect(body.total).toBe((await page('cascade_id=semantic_matches&marked=false&stale=false&limit=1')).total);
});

test('similar calls are nearest first and of the same cell', async () => {
  const [one] = (await page('cascade_id=semantic_matches&search=bamboo&limit=1')).examples;
  const { body } = await home.get<{ examples: SimilarExample[] }>(
    `/api/training/similar?trace_id=${one?.trace_id}&limit=10`,
  );
  const similarities = body.examples.map((row) => row.similarity);
  expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
  expect(body.examples).toHaveLength(10);
  // By chance it would be one in nine.
  expect(body.examples.filter((row) => row.inputs.includes('bamboo')).length).toBeGreaterThanOrEqual(5);
  const unknown = await home.get<ErrorShape>('/api/training/similar?trace_id=nowhere');
  expect(unknown.status).toBe(404);
});

test('why a row: the examples it would get now, and the prompt with and without them', async () => {
  const [one] = (
    await page('cascade_id=semantic_matches&model=gpt-4.1-mini&marked=false&stale=false&limit=1')
  ).examples;
  const { criterion } = JSON.parse(one?.inputs ?? '{}') as { criterion: string };
  const { examples } = await page(`search=${encodeURIComponent(criterion)}&marked=false&stale=false&limit=2`);
  const teacher = examples.find((row) => row.trace_id !== one?.trace_id)?.trace_id ?? '';
  await home.post('/api/training/mark-trainable', { trace_ids: [teacher] });
  const { body } = await home.get<RowExplanation>(`/api/training/explain?trace_id=${one?.trace_id}`);
  expect(body.now?.examples.map((example) => example.trace_id)).toContain(teacher);
  expect(body.now?.prompt_with[0]?.content).toContain('<example>');
  expect(body.now?.prompt_without[0]?.content).not.toContain('<example>');
  expect(body.now?.prompt_with.at(-1)).toEqual(body.now?.prompt_without.at(-1));
  expect(body.then).toMatchObject({ examples: [], output: one?.output });
  expect(body.then.prompt?.at(-1)?.role).toBe('user');
});

test('the overview sums every day up and names what needs attention', async () => {
  const { body } = await home.get<Home>('/api/home?days=30');
  const all = await home.stored<{ n: number; errors: number }>(
    'SELECT count() AS n, countIf(error IS NOT NULL) AS errors FROM rvbbit.unified_logs',
  );
  expect(body.days).toHaveLength(30);
  expect(body.days.reduce((sum, day) => sum + day.calls, 0)).toBe(all[0]?.n);
  expect(body.days.reduce((sum, day) => sum + day.errors, 0)).toBe(all[0]?.errors);
  const { body: attention } = await home.get<Attention>('/api/attention');
  expect(attention).toMatchObject({
    conflicts: 0,
    stale: 0,
    untaught: ['sentiment_classifier.classify'],
  });
});
