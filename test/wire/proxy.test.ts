import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Server, Servers, type TestClient } from '../acceptance/server-fixture.ts';
import { judging } from '../support/judging-stub.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

const ROWS = 1_200;
const servers = new Servers();
let stub: OpenAiStub;
let server: Server;
let db: TestClient;

beforeEach(async () => {
  stub = await OpenAiStub.start(judging(({ text }) => text.includes('parcel')));
  server = await servers.open({
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: stub.baseUrl,
    RVBBIT_MODEL: 'openai/gpt-4.1-mini',
    RVBBIT_CONCURRENCY: '64',
  });
  db = await server.connect();
  await db.rows(`CREATE TABLE notes AS SELECT i AS id, CASE WHEN i % 2 = 0
    THEN 'the parcel number ' || i || ' arrived late and broken' ELSE 'the concert number ' || i || ' was a wonderful evening' END AS body
    FROM range(${ROWS}) r(i)`);
}, 60_000);

afterEach(async () => {
  await servers.close();
  await stub.close();
});

const asking = "SELECT id FROM notes WHERE body MEANS 'about a delivery' ORDER BY id";
const truth = Array.from({ length: ROWS / 2 }, (_, at) => at * 2);

async function ids(sql = asking): Promise<readonly number[]> {
  return (await db.rows(sql)).map((row) => Number(row['id']));
}

async function sources(): Promise<Readonly<Record<string, number>>> {
  const rows = await db.rows('SELECT source, count(*) AS calls FROM unified_logs GROUP BY source');
  return Object.fromEntries(rows.map(({ source, calls }) => [String(source), Number(calls)]));
}

describe('a cascade of models', () => {
  it('has a proxy decide the clear rows, says so, and marks who decided in the log', async () => {
    const explained = await db.rows(`EXPLAIN (SEMANTIC) ${asking}`);
    expect(explained.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('proxy');
    await db.rows('SET rvbbit.recall = 0.95');
    await db.rows('SET rvbbit.precision = 0.95');
    const plan = (await db.rows(`EXPLAIN (SEMANTIC) ${asking}`)).map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('  proxy: 272 of 1200 values to train it, 228 to prove it, about 350 calls saved');
    expect(stub.requests).toHaveLength(0);

    const found = await ids();
    const right = found.filter((id) => id % 2 === 0).length;
    expect(right / truth.length).toBeGreaterThanOrEqual(0.95);
    expect(right / found.length).toBeGreaterThanOrEqual(0.95);
    const asked = stub.requests.length;
    expect(asked).toBeGreaterThanOrEqual(500);
    expect(asked).toBeLessThan(0.7 * ROWS);
    expect(db.notices.at(-1)?.replace(/\d+ to prove/, 'some to prove')).toBe(
      `semantic_matches 'about a delivery': of ${ROWS} values the model decides ${asked} (272 to train a proxy, some to prove it), the proxy ${ROWS - asked}, at recall 0.95 and precision 0.95`,
    );
    expect(await sources()).toEqual({ model: asked, proxy: ROWS - asked });
    const { statements } = (await (await fetch(server.url('/api/statements?search=ORDER'))).json()) as {
      statements: readonly Record<string, unknown>[];
    };
    const listed = statements.filter(({ sql }) => sql === asking);
    expect(listed).toMatchObject([{ from_model: asked, from_proxy: ROWS - asked, from_human: 0 }]);

    // The same values give the same sample, so that nothing is paid twice.
    expect(await ids()).toEqual(found);
    expect(stub.requests).toHaveLength(asked);

    // What a proxy decided teaches nothing, and no statement at recall 1 takes it for an answer.
    const [examples] = await db.rows('SELECT count(*) AS calls FROM training_examples_mv');
    expect(Number(examples?.['calls'])).toBe(asked);
    await db.rows('SET rvbbit.recall = 1');
    expect(await ids()).toEqual(truth);
    expect(stub.requests).toHaveLength(ROWS);
  }, 120_000);

  it('says what happened in EXPLAIN (SEMANTIC, ANALYZE)', async () => {
    await db.rows('SET rvbbit.recall = 0.9');
    await db.rows('SET rvbbit.precision = 0.9');
    const plan = (await db.rows(`EXPLAIN (SEMANTIC, ANALYZE) ${asking}`)).map((row) => row['QUERY PLAN']);
    const asked = stub.requests.length;
    expect(plan.join('\n')).toContain(
      `from models ${asked}, from a proxy ${ROWS - asked}, without an answer 0`,
    );
  }, 120_000);

  it('leaves walks and small statements to the model', async () => {
    await db.rows('SET rvbbit.recall = 0.95');
    await db.rows('SET rvbbit.precision = 0.95');
    expect(await ids("SELECT id FROM notes WHERE body MEANS 'about a delivery' ORDER BY id LIMIT 3")).toEqual(
      [0, 2, 4],
    );
    expect(stub.requests.length).toBeLessThan(20);
    expect(
      await ids("SELECT id FROM notes WHERE body MEANS 'about a delivery' AND id < 400 ORDER BY id"),
    ).toEqual(truth.slice(0, 200));
    expect(stub.requests).toHaveLength(400);
    expect(await sources()).toEqual({ model: 400 });
  }, 120_000);

  it('keeps NOT MEANS as well, and does without a proxy where the model answers as it likes', async () => {
    await db.rows('SET rvbbit.recall = 0.95');
    await db.rows('SET rvbbit.precision = 0.95');
    const others = await ids("SELECT id FROM notes WHERE body NOT MEANS 'about a delivery' ORDER BY id");
    const right = others.filter((id) => id % 2 === 1).length;
    expect(Math.min(right / others.length, right / truth.length)).toBeGreaterThanOrEqual(0.95);
    const before = stub.requests.length;
    stub.answer = judging(({ text }) => Number(text.match(/\d+/)?.[0]) % 4 < 2);
    expect(await ids("SELECT id FROM notes WHERE body MEANS 'numbered so' ORDER BY id")).toHaveLength(
      ROWS / 2,
    );
    expect(stub.requests.length - before).toBe(ROWS);
    expect(db.notices.at(-1)).toMatch(
      /^semantic_matches 'numbered so': no proxy: it would decide no more than \d+% of 1200 values$/,
    );
  }, 120_000);
});
