import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judging } from '../support/judging-stub.ts';
import { OpenAiStub } from '../support/openai-stub.ts';
import type { StubRequest } from '../support/openai-stub.ts';
import { type Server, Servers, stubEnvironment, type TestClient } from './server-fixture.ts';

const servers = new Servers();
const ROWS = 24;
let stub: OpenAiStub;
let server: Server;
let session: TestClient;

/** Judges rows by their number, and answers of rows as a judge does that trusts even ones only. */
const judgeRow = judging(({ text }) => Number(text.split(' ').at(-1)) % 2 === 0);
const answer = (request: StubRequest) => {
  if (!request.prompt.includes('You check the work of a colleague')) return judgeRow(request);
  return /"text":"thing \d*[02468]"/.test(request.prompt) ? '0.98' : '0.10';
};

beforeAll(async () => {
  stub = await OpenAiStub.start(answer);
  const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-server-'));
  await mkdir(join(dataDir, 'strategies'));
  await writeFile(
    join(dataDir, 'strategies', 'oldest.mjs'),
    "export default { name: 'oldest', rank: (examples) => [...examples].reverse() };",
  );
  server = await servers.open(stubEnvironment(stub.baseUrl), dataDir);
  session = await server.connect();
  await session.rows(`CREATE TABLE things AS SELECT i AS id, 'thing ' || i AS name FROM range(${ROWS}) r(i)`);
  await session.rows("SELECT count(*) FROM things WHERE name MEANS 'even'");
});

afterAll(async () => {
  await servers.close();
  await stub.close();
});

const marks = () =>
  session.rows(
    `SELECT e.inputs->>'text' AS text, a.trainable, a.verified, a.source, a.annotated_by
     FROM training_annotations a JOIN training_examples_mv e USING (trace_id) ORDER BY e.ingested`,
  );

it('marks calls by a judge cascade, as auto and never verified, and says which judge', async () => {
  expect(
    await session.rows(
      "SELECT * FROM rvbbit_training_annotate('semantic_matches', judge := 'judge_answer', max_calls := 100)",
    ),
  ).toEqual([{ marked: `${ROWS}`, trainable: `${ROWS / 2}`, calibrated: false }]);
  const all = await marks();
  expect(all).toHaveLength(ROWS);
  for (const { text, ...mark } of all)
    expect(mark).toEqual({
      trainable: Number(String(text).slice(6)) % 2 === 0,
      verified: false,
      source: 'auto',
      annotated_by: 'judge_answer',
    });
  expect(
    await session.rows(
      "SELECT marked FROM rvbbit_training_annotate('semantic_matches', judge := 'judge_answer')",
    ),
  ).toEqual([{ marked: '0' }]);
});

it('explains a comparison and an annotation without a call or a change', async () => {
  const requests = stub.requests.length;
  const before = await marks();
  for (const explain of ['EXPLAIN', 'EXPLAIN (SEMANTIC)', 'EXPLAIN (FORMAT json)'])
    for (const query of [
      "SELECT * FROM rvbbit_training_ab('semantic_matches')",
      "SELECT * FROM rvbbit_training_annotate('semantic_matches', judge := 'judge_answer') -- analyze",
    ])
      expect((await session.rows(`${explain} ${query}`)).length).toBeGreaterThan(0);
  expect(stub.requests).toHaveLength(requests);
  expect(await marks()).toEqual(before);
});

it('refuses a judge that takes no output', async () => {
  await expect(
    session.rows(
      "SELECT * FROM rvbbit_training_annotate('semantic_matches', judge := 'sentiment_classifier')",
    ),
  ).rejects.toMatchObject({ code: '22023', message: expect.stringContaining('cannot judge') as string });
});

it('exports marks by SQL and imports them again', async () => {
  await session.rows(`INSERT INTO training_annotations (trace_id, trainable, source)
    SELECT trace_id, true, 'human' FROM training_examples_mv WHERE cascade_id = 'semantic_matches'`);
  const lines = await session.rows(
    "SELECT line FROM rvbbit_training_export('jsonl', cascade := 'semantic_matches')",
  );
  expect(lines).toHaveLength(ROWS);
  await session.rows('DELETE FROM training_annotations');
  expect(await marks()).toEqual([]);
  const text = lines.map(({ line }) => String(line)).join('\n');
  expect(await session.rows('SELECT rvbbit_training_import($1) AS taken', [text])).toEqual([
    { taken: `${ROWS}` },
  ]);
  expect(new Set((await marks()).map(({ trainable }) => trainable))).toEqual(new Set([true]));
  expect(await session.rows("SELECT restored FROM rvbbit_training_revalidate('semantic_matches')")).toEqual([
    { restored: '0' },
  ]);
  expect(await session.rows('SELECT * FROM rvbbit_training_revalidate()')).toEqual([]);
});

it('takes marks by every form of SQL, keeps what an UPDATE does not name, and every version of it', async () => {
  await session.rows('DELETE FROM training_annotations');
  const traces = (
    await session.rows(
      "SELECT trace_id FROM training_examples_mv WHERE cascade_id = 'semantic_matches' ORDER BY ingested LIMIT 4",
    )
  ).map(({ trace_id }) => String(trace_id));
  const [one, two, three, four] = traces;
  const returned = await session.rows(
    `INSERT INTO training_annotations (trace_id, trainable, confidence) VALUES ($1, true, 0.9), ($2, true, 0.8)
     RETURNING trace_id, confidence, source`,
    [one, two],
  );
  expect(returned.toSorted((a, b) => Number(b.confidence) - Number(a.confidence))).toEqual([
    { trace_id: one, confidence: 0.9, source: 'human' },
    { trace_id: two, confidence: 0.8, source: 'human' },
  ]);
  await session.rows(
    `INSERT INTO training_annotations (trace_id, trainable, notes) VALUES ($1, false, 'again')
     ON CONFLICT (trace_id) DO UPDATE SET notes = excluded.notes`,
    [one],
  );
  expect(
    await session.rows("UPDATE training_annotations SET tags = ['x'] WHERE trace_id = $1 RETURNING *", [one]),
  ).toMatchObject([{ trainable: true, confidence: 0.9, notes: 'again', tags: ['x'], annotated_by: 'ada' }]);
  await session.rows(
    'INSERT INTO training_annotations (trace_id, verified) SELECT trace_id, true FROM training_examples_mv WHERE trace_id = $1',
    [three],
  );
  await expect(
    session.rows('INSERT INTO training_annotations (trace_id, trainable) VALUES ($1, true), ($2, true)', [
      four,
      'nobody',
    ]),
  ).rejects.toMatchObject({ code: '23503', message: expect.stringContaining('"nobody"') as string });
  expect(
    await session.rows('DELETE FROM training_annotations WHERE trace_id = $1 RETURNING trace_id', [two]),
  ).toEqual([{ trace_id: two }]);
  expect(
    (await session.rows('SELECT trace_id FROM training_annotations ORDER BY 1')).map((row) => row.trace_id),
  ).toEqual([one, three].toSorted());
  const versions = await session.rows(
    'SELECT notes, tags, deleted FROM training_annotation_history WHERE trace_id = ANY($1) ORDER BY version DESC LIMIT 1',
    [[one]],
  );
  expect(versions).toEqual([{ notes: 'again', tags: ['x'], deleted: false }]);
  await expect(copy([`${four}\ttrue`, 'somebody\ttrue'])).rejects.toMatchObject({ code: '23503' });
  await copy([`${four}\ttrue`, `${two}\tfalse`]);
  expect(
    await session.rows('SELECT trainable FROM training_annotations WHERE trace_id IN ($1, $2) ORDER BY 1', [
      two,
      four,
    ]),
  ).toEqual([{ trainable: false }, { trainable: true }]);
});

async function copy(lines: readonly string[]): Promise<void> {
  const into = copyFrom('COPY training_annotations (trace_id, trainable) FROM STDIN');
  await pipeline([lines.map((line) => `${line}\n`).join('')], session.client.query(into));
}

it('compares a strategy of the data folder', async () => {
  await session.rows(`INSERT INTO training_annotations (trace_id, trainable)
    SELECT trace_id, true FROM training_examples_mv WHERE cascade_id = 'semantic_matches'`);
  expect(
    await session.rows(
      "SELECT arm_a, arm_b, n, verdict FROM rvbbit_training_ab('semantic_matches', strategy_a := 'recent', strategy_b := 'oldest')",
    ),
  ).toEqual([{ arm_a: 'recent', arm_b: 'oldest', n: `${ROWS}`, verdict: 'insufficient' }]);
});

it('ends a comparison with its statement and asks nothing more', async () => {
  const other = await server.connect();
  stub.clear();
  stub.answer = () => ({ fault: 'hang' });
  const comparing = session.rows("SELECT verdict FROM rvbbit_training_ab('semantic_matches')");
  const refused = expect(comparing).rejects.toMatchObject({ code: '57014' });
  while (stub.requests.length === 0) await sleep(10);
  const { processID } = session.client as unknown as { readonly processID: number };
  await other.rows('SELECT pg_cancel_backend($1)', [processID]);
  await refused;
  const asked = stub.requests.length;
  expect(asked).toBeLessThan(2 * ROWS);
  await sleep(300);
  expect(stub.requests).toHaveLength(asked);
  expect(stub.inFlight).toBe(0);
  expect(await session.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('deletes the calls that marks name', async () => {
  const [call] = await session.rows(
    "SELECT trace_id FROM training_examples_mv WHERE cascade_id = 'semantic_matches' LIMIT 1",
  );
  await session.rows(
    `INSERT INTO training_annotations (trace_id, trainable, notes) VALUES ('${String(call?.trace_id)}', true, 'wrong')
     ON CONFLICT (trace_id) DO UPDATE SET notes = 'wrong'`,
  );
  const deleted = await session.client.query(
    "DELETE FROM unified_logs WHERE trace_id IN (SELECT trace_id FROM training_annotations WHERE notes = 'wrong')",
  );
  expect(deleted.rowCount).toBe(1);
  expect(await session.rows("SELECT * FROM training_annotations WHERE notes = 'wrong'")).toEqual([]);
});
