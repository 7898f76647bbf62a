import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { readFileSync } from 'node:fs';
import { OpenAiStub } from '../support/openai-stub.ts';
import { type Server, Servers, stubEnvironment, type TestClient } from './server-fixture.ts';

const servers = new Servers();
afterEach(async () => {
  await servers.close();
});

const TRACES = `SELECT trace_id, cascade_id, cell_name FROM training_examples_mv
  WHERE cascade_id = 'semantic_matches' ORDER BY timestamp DESC LIMIT 2`;

async function products({ rows }: TestClient): Promise<void> {
  await rows('CREATE TABLE products (id INT, desc VARCHAR)');
  await rows("INSERT INTO products VALUES (1, 'bamboo toothbrush'), (2, 'plastic bottle')");
}

async function markAll({ rows }: TestClient): Promise<readonly string[]> {
  const traces = (await rows(TRACES)).map(({ trace_id }) => String(trace_id));
  const values = traces.map((trace) => `('${trace}', true)`).join(', ');
  await rows(`INSERT INTO training_annotations (trace_id, trainable) VALUES ${values}`);
  return traces;
}

describe('the session of the README, with the local model', () => {
  let server: Server;
  beforeEach(async () => {
    server = await servers.open();
  });

  it('filters by meaning, marks answers with SQL and learns from the marks', async () => {
    const session = await server.connect();
    await products(session);
    expect(await session.rows("SELECT id, desc, desc MEANS 'eco-friendly' AS eco FROM products")).toEqual([
      { id: 1, desc: 'bamboo toothbrush', eco: true },
      { id: 2, desc: 'plastic bottle', eco: false },
    ]);
    expect(session.notices).toEqual(['📚 No training examples available yet']);
    const traces = await markAll(session);
    expect(traces).toHaveLength(2);
    expect(await session.rows("SELECT * FROM products WHERE desc MEANS 'eco-friendly'")).toEqual([
      { id: 1, desc: 'bamboo toothbrush' },
    ]);
    await session.rows("SELECT * FROM products WHERE desc MEANS 'sustainable'");
    const injected = session.notices.filter((notice) => notice.startsWith('📚 Injected'));
    expect(injected).toEqual(Array(2).fill('📚 Injected 2 training examples (recent strategy)'));
    expect(server.console.filter((line) => line.includes('📚 Injected 2 training examples'))).toHaveLength(2);
  });

  it('updates, shows and deletes an annotation, and lists the training tables', async () => {
    const session = await server.connect();
    await products(session);
    await session.rows("SELECT desc MEANS 'eco-friendly' FROM products");
    const [first] = await markAll(session);
    const updated = await session.client.query(
      `UPDATE training_annotations SET verified = true, notes = 'checked' WHERE trace_id = '${first}'`,
    );
    expect(updated.rowCount).toBe(1);
    expect(
      await session.rows(
        'SELECT trainable, verified, notes, confidence FROM training_annotations WHERE trace_id = $1',
        [first],
      ),
    ).toEqual([{ trainable: true, verified: true, notes: 'checked', confidence: 1 }]);
    await session.rows(`DELETE FROM training_annotations WHERE trace_id = '${first}'`);
    expect(await session.rows('SELECT count(*)::int AS n FROM training_annotations')).toEqual([{ n: 1 }]);
    const tables = (await session.rows("SHOW TABLES LIKE '%training%'")).map((row) => Object.values(row)[0]);
    expect(tables).toEqual(expect.arrayContaining(['training_annotations', 'training_examples_mv']));
  });

  it('runs the cascades that are no operators by name', async () => {
    const session = await server.connect();
    const [row] = await session.rows(
      "SELECT rvbbit_run('sentiment_classifier', {'text': 'I love this, wonderful!'}) AS s",
    );
    expect(['positive', 'negative', 'neutral', 'mixed']).toContain(row?.s);
  });

  it('says which operators need a language model, and calls nothing', async () => {
    const session = await server.connect();
    await expect(
      session.rows("SELECT rvbbit_run('code_reviewer', {'code': 'eval(input)'})"),
    ).rejects.toMatchObject({ code: '0A000', hint: expect.stringMatching(/RVBBIT_MODEL|OPENAI_API_KEY/) });
  });
});

describe('the session of the README, with an OpenAI-compatible endpoint', () => {
  let stub: OpenAiStub;
  beforeEach(async () => {
    stub = await OpenAiStub.start((request) => String(/bamboo/.test(lastMessage(request))));
  });
  afterEach(async () => {
    await stub.close();
  });

  it('shows the marked examples to the model, with the inputs and outputs that were logged', async () => {
    const server = await servers.open(stubEnvironment(stub.baseUrl));
    const session = await server.connect();
    await products(session);
    await session.rows("SELECT desc MEANS 'eco-friendly' FROM products");
    expect(stub.requests).toHaveLength(2);
    await markAll(session);
    const logged = await session.rows('SELECT inputs, output FROM training_examples_mv ORDER BY inputs');
    expect(logged.map(({ inputs, output }) => [JSON.parse(String(inputs)), output])).toEqual([
      [{ text: 'bamboo toothbrush', criterion: 'eco-friendly' }, 'true'],
      [{ text: 'plastic bottle', criterion: 'eco-friendly' }, 'false'],
    ]);
    await session.rows("SELECT desc MEANS 'eco-friendly' FROM products");
    expect(stub.requests).toHaveLength(4);
    const prompt = JSON.stringify(stub.requests.at(-1));
    for (const part of [
      '<example>',
      'bamboo toothbrush',
      'plastic bottle',
      '<output>true</output>',
      '<output>false</output>',
    ]) {
      expect(prompt).toContain(part);
    }
  });

  it.each([
    ['xml', (text: string) => text.includes('<examples>')],
    ['markdown', (text: string) => text.includes('bamboo toothbrush') && !text.includes('<examples>')],
    ['few_shot', (text: string) => /"role":"assistant","content":"(true|false)"/.test(text)],
  ])('injects them in the format %s', async (format, holds) => {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-cascades-'));
    const shipped = readFileSync(packagePath('cascades/semantic_sql/matches.cascade.yaml'), 'utf8');
    await writeFile(
      join(folder, 'matches.cascade.yaml'),
      shipped.replace('training_format: xml', `training_format: ${format}`),
    );
    const server = await servers.open({ ...stubEnvironment(stub.baseUrl), RVBBIT_CASCADES: folder });
    const session = await server.connect();
    await products(session);
    await session.rows("SELECT desc MEANS 'eco-friendly' FROM products");
    await markAll(session);
    stub.clear();
    await session.rows("SELECT desc MEANS 'eco-friendly' FROM products");
    expect(stub.requests).toHaveLength(2);
    for (const request of stub.requests) expect(holds(JSON.stringify(request))).toBe(true);
    await rm(folder, { recursive: true, force: true });
  });

  it('asks again exactly what a mark changed, then nothing, and nothing after a restart', async () => {
    let server = await servers.open(stubEnvironment(stub.baseUrl));
    const session = await server.connect();
    await products(session);
    await session.rows("INSERT INTO products SELECT i, 'thing ' || i FROM range(3, 51) r(i)");
    const ask = "SELECT count(*)::int AS n FROM products WHERE desc MEANS 'eco-friendly'";
    await session.rows(ask);
    expect(stub.requests).toHaveLength(50);
    await session.rows(ask);
    expect(stub.requests).toHaveLength(50);
    await markAll(session);
    await session.rows(ask);
    expect(stub.requests).toHaveLength(100);
    await session.rows(ask);
    expect(stub.requests).toHaveLength(100);
    await server.stop();
    server = await servers.open(stubEnvironment(stub.baseUrl), server.dataDir);
    const again = await server.connect();
    await again.rows(ask);
    expect(stub.requests).toHaveLength(100);
  });

  it('calls 100 times for 10,000 rows with 100 distinct texts, in two sessions at once too', async () => {
    const server = await servers.open(stubEnvironment(stub.baseUrl));
    const [one, two] = [await server.connect(), await server.connect()];
    await one.rows(
      "CREATE TABLE notes AS SELECT i AS id, 'note ' || (i % 100) AS body FROM range(10000) r(i)",
    );
    const ask = "SELECT count(*)::int AS n FROM notes WHERE body MEANS 'urgent'";
    const results = await Promise.all([one.rows(ask), two.rows(ask)]);
    expect(results).toEqual([[{ n: 0 }], [{ n: 0 }]]);
    expect(stub.requests).toHaveLength(100);
  });

  it('logs nothing as an answer when the model cannot be reached, and says which endpoint, how often and why', async () => {
    const server = await servers.open(stubEnvironment('http://127.0.0.1:9/v1'));
    const session = await server.connect();
    await products(session);
    await expect(session.rows("SELECT desc MEANS 'eco-friendly' FROM products")).rejects.toMatchObject({
      code: '08006',
      message: expect.stringMatching(/127\.0\.0\.1:9.*attempt/s),
    });
    expect(await session.rows("SELECT count(*)::int AS n FROM unified_logs WHERE answer <> ''")).toEqual([
      { n: 0 },
    ]);
  }, 60_000);
});

describe('a model that takes its time', () => {
  it('keeps no other session waiting', async () => {
    const stub = await OpenAiStub.start(() => 'false', 200);
    const server = await servers.open(stubEnvironment(stub.baseUrl));
    const [busy, idle] = [await server.connect(), await server.connect()];
    await busy.rows("CREATE TABLE many AS SELECT 'text ' || i AS body FROM range(10000) r(i)");
    let ended = false;
    const running = busy
      .rows("SELECT count(*) FROM many WHERE body MEANS 'urgent'")
      .catch((error: unknown) => error)
      .finally(() => (ended = true));
    for (let at = 0; at < 100; at += 1) {
      expect(await idle.rows('SELECT 42 AS n')).toEqual([{ n: 42 }]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(ended).toBe(false);
    const { processID } = busy.client as unknown as { processID: number };
    await idle.rows(`SELECT pg_cancel_backend(${processID})`);
    expect(await running).toMatchObject({ code: '57014' });
    expect(stub.requests.length).toBeLessThan(10_000);
    await stub.close();
  }, 60_000);
});

function lastMessage(request: { readonly body: unknown }): string {
  const { messages } = request.body as { messages: readonly { content: string }[] };
  return messages.at(-1)?.content ?? '';
}
