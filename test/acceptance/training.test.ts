import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
});

it('compares a strategy of the data folder', async () => {
  expect(
    await session.rows(
      "SELECT arm_a, arm_b, n, verdict FROM rvbbit_training_ab('semantic_matches', strategy_a := 'recent', strategy_b := 'oldest')",
    ),
  ).toEqual([{ arm_a: 'recent', arm_b: 'oldest', n: `${ROWS}`, verdict: 'insufficient' }]);
});

it('ends a comparison with its statement and asks nothing more', async () => {
  stub.clear();
  stub.latencyMs = 400;
  const comparing = session.rows("SELECT verdict FROM rvbbit_training_ab('semantic_matches')");
  const refused = expect(comparing).rejects.toMatchObject({ code: '57014' });
  while (stub.requests.length === 0) await sleep(10);
  const other = await server.connect();
  const { processID } = session.client as unknown as { readonly processID: number };
  await other.rows('SELECT pg_cancel_backend($1)', [processID]);
  await refused;
  const asked = stub.requests.length;
  expect(asked).toBeLessThan(2 * ROWS);
  await sleep(500);
  expect(stub.requests).toHaveLength(asked);
  stub.latencyMs = 0;
  expect(await session.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
