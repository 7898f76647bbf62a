import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StartupError } from '../../src/errors.ts';
import { Hono } from 'hono';
import { startHttpServer } from '../../src/server/http/http-server.ts';
import type { Call, Statement, WholeCall } from '../../src/server/http/schemas/calls.ts';
import type { ErrorShape } from '../../src/server/http/schemas/error.ts';
import type { CascadeDetail, CascadeSummary, Trial } from '../../src/server/http/schemas/operators.ts';
import { generateLog } from './support/generated-log.ts';
import { HttpFixture } from './support/http-fixture.ts';

let home: HttpFixture;

beforeAll(async () => {
  home = await HttpFixture.open();
  const { training, statements, registry } = home;
  await generateLog({ training, statements, operators: registry.current() }, 500);
});

afterAll(() => home.close());

/** Status of a GET with headers that fetch would not let us set. */
function statusWith(headers: Readonly<Record<string, string>>, path = '/api/operators'): Promise<number> {
  return new Promise((resolve, reject) => {
    request(home.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

test('a name that is not the server’s, or a page of another site, is refused', async () => {
  const { port } = home.server;
  expect(await statusWith({ host: `127.0.0.1:${port}` })).toBe(200);
  expect(await statusWith({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200);
  expect(await statusWith({ host: 'evil.example' })).toBe(403);
  expect(await statusWith({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' })).toBe(403);
  expect(await statusWith({ host: `127.0.0.1:${port}`, origin: 'null' })).toBe(403);
  expect(await statusWith({ host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site' })).toBe(403);
});

test('what is not there is a 404 in JSON', async () => {
  const { status, body } = await home.get<ErrorShape>('/api/nothing');
  expect([status, body.code]).toEqual([404, '42704']);
});

test('a port in use is one clear line', async () => {
  const again = startHttpServer({ host: '127.0.0.1', port: home.server.port, app: new Hono() });
  await expect(again).rejects.toThrow(StartupError);
  await expect(again).rejects.toThrow(`port ${home.server.port} on 127.0.0.1 is in use`);
});

test('the OpenAPI document describes each route with its parameters and answers', async () => {
  const { body } = await home.get<{ paths: Record<string, Record<string, never>> }>('/api/openapi.json');
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      '/api/training/examples',
      '/api/training/mark-trainable',
      '/api/calls/{trace_id}',
    ]),
  );
  expect(body.paths['/api/training/examples']).toMatchObject({
    get: {
      parameters: expect.arrayContaining([expect.objectContaining({ name: 'cell_name', in: 'query' })]),
    },
  });
  expect(body.paths['/api/training/mark-trainable']).toMatchObject({
    post: {
      requestBody: { content: { 'application/json': { schema: { required: ['trace_ids'] } } } },
    },
  });
});

test('statements are joined with what their calls cost', async () => {
  const { body } = await home.get<{ statements: Statement[]; total: number }>('/api/statements?limit=2');
  expect(body.total).toBe(10);
  expect(body.statements[0]).toMatchObject({
    statement_id: 'statement-9',
    recorded: true,
    calls: 50,
    rows: 62,
  });
  expect(body.statements[0]?.sql).toContain("MEANS 'eco-friendly'");
  const costs = await home.stored<{ cost: number; tokens: number }>(
    "SELECT sum(cost_usd) AS cost, sum(tokens_in) AS tokens FROM rvbbit.unified_logs WHERE statement_id = 'statement-9'",
  );
  expect(body.statements[0]?.cost_usd).toBeCloseTo(costs[0]?.cost ?? -1, 9);
  expect(body.statements[0]?.tokens_in).toBe(costs[0]?.tokens);
  const searched = await home.get<{ total: number }>('/api/statements?search=nowhere');
  expect(searched.body.total).toBe(0);
});

test('a session opens into statements, cells and calls', async () => {
  const { body } = await home.get<{
    statements: Statement[];
    groups: { calls: number; cascade_id: string }[];
  }>('/api/sessions/session-1');
  expect(body.statements.map((one) => one.statement_id)).toEqual([
    'statement-7',
    'statement-6',
    'statement-5',
    'statement-4',
  ]);
  expect(body.groups.reduce((sum, group) => sum + group.calls, 0)).toBe(200);
  const calls = await home.get<{ calls: Call[] }>(
    '/api/statements/statement-4/calls?limit=5&cascade_id=semantic_matches',
  );
  expect(calls.body.calls).toHaveLength(5);
  const traceId = calls.body.calls[0]?.trace_id ?? '';
  const whole = await home.get<WholeCall>(`/api/calls/${traceId}`);
  expect(JSON.parse(whole.body.call.request)).toMatchObject({ model: 'gpt-4.1-mini' });
  expect(whole.body.example?.trace_id).toBe(traceId);
  expect((await home.get('/api/sessions/nowhere')).status).toBe(404);
});

test('the library lists cascades with their cost, and each has its source and inputs', async () => {
  const { body } = await home.get<{ operators: CascadeSummary[] }>('/api/operators');
  const ids = body.operators.map((one) => one.cascade_id);
  expect(ids).toEqual(expect.arrayContaining(['semantic_matches', 'sentiment_classifier', 'code_reviewer']));
  const matches = await home.get<CascadeDetail>('/api/operators/semantic_matches');
  expect(matches.body.keywords).toContain('MEANS');
  expect(matches.body.source).toContain('cascade_id: semantic_matches');
  expect(matches.body.inputs).toEqual([
    { name: 'text', type: 'VARCHAR', optional: false, criterion: false },
    { name: 'criterion', type: 'VARCHAR', optional: false, criterion: true },
  ]);
});

test('trying an operator runs it and logs the call', async () => {
  const { status, body } = await home.post<Trial>('/api/operators/semantic_matches/try', {
    inputs: { text: 'bamboo toothbrush', criterion: 'eco-friendly' },
  });
  expect([status, body.value]).toEqual([200, true]);
  const whole = await home.get<WholeCall>(`/api/calls/${body.trace_id}`);
  expect(whole.body.call).toMatchObject({ caller: 'rest', output: 'true', provider: 'scripted' });
  const wrong = await home.post<ErrorShape>('/api/operators/semantic_matches/try', { inputs: { txt: 'x' } });
  expect([wrong.status, wrong.body.field]).toEqual([400, 'inputs.txt']);
});

async function runSql(sql: string, runId: string, fields: object = {}): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${home.url}/api/sql/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sql, run_id: runId, session_key: 'console', ...fields }),
  });
  const text = await response.text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('SQL streams its columns and rows, and a semantic statement is found in the log', async () => {
  const lines = await runSql(
    "SELECT text, text MEANS 'eco-friendly' AS eco FROM (VALUES ('bamboo mat'), ('tin mat')) AS t(text) ORDER BY text",
    'run-1',
  );
  expect(lines.map((line) => line.type)).toEqual(['statement', 'columns', 'rows', 'done']);
  expect(lines[2]?.rows).toEqual([
    ['bamboo mat', 'true'],
    ['tin mat', 'false'],
  ]);
  const calls = await home.get<{ calls: Call[] }>(`/api/statements/${String(lines[0]?.statement_id)}/calls`);
  expect(calls.body.calls.map((one) => one.output).toSorted()).toEqual(['false', 'true']);
  const traces = await home.post<{ examples: { output: string }[] }>('/api/sql/traces', {
    values: ['bamboo mat', 'true'],
  });
  expect(traces.body.examples.map((one) => one.output)).toEqual(['true']);
});

test('an error of SQL is the last line, with its SQLSTATE', async () => {
  const lines = await runSql('SELECT nothing FROM nowhere', 'run-2');
  expect(lines.at(-1)).toMatchObject({ type: 'error', code: '42P01' });
});

test('a run under way is cancelled by its name, and its model calls are given up', async () => {
  home.model.latencyMs = 20_000;
  const running = runSql(
    "SELECT count(*) FROM (SELECT 'tin ' || i AS text FROM range(200) t(i)) WHERE text MEANS 'slow'",
    'run-3',
  );
  await expect.poll(() => home.model.inFlight, { timeout: 10_000 }).toBeGreaterThan(0);
  const { body } = await home.post<{ cancelled: boolean }>('/api/sql/cancel', { run_id: 'run-3' });
  expect(body.cancelled).toBe(true);
  expect((await running).at(-1)).toMatchObject({ type: 'error', code: '57014' });
  await expect.poll(() => home.model.inFlight, { timeout: 10_000 }).toBe(0);
  home.model.latencyMs = 0;
  expect(
    (await home.post<{ cancelled: boolean }>('/api/sql/cancel', { run_id: 'run-3' })).body.cancelled,
  ).toBe(false);
});

test('a client that goes away ends its run', async () => {
  home.model.latencyMs = 20_000;
  const leave = new AbortController();
  const gone = fetch(`${home.url}/api/sql/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      sql: "SELECT count(*) FROM (SELECT 'lead ' || i AS text FROM range(50) t(i)) WHERE text MEANS 'slow'",
      run_id: 'run-4',
      session_key: 'console',
    }),
    signal: leave.signal,
  }).then((response) => response.text());
  await expect.poll(() => home.model.inFlight, { timeout: 10_000 }).toBeGreaterThan(0);
  leave.abort();
  await expect(gone).rejects.toThrow();
  await expect.poll(() => home.model.inFlight, { timeout: 10_000 }).toBe(0);
  home.model.latencyMs = 0;
});

test('a listener is told of new calls and of marks', async () => {
  const leave = new AbortController();
  const response = await fetch(`${home.url}/api/events`, { signal: leave.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const listening = (async () => {
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read())
      heard += next.value;
  })();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await home.post('/api/operators/semantic_matches/try', { inputs: { text: 'new', criterion: 'new' } });
  await home.post('/api/training/mark-trainable', { trace_ids: ['call-0000001'] });
  await expect.poll(() => heard, { timeout: 5_000 }).toContain('event: marks');
  await expect.poll(() => heard, { timeout: 5_000 }).toContain('event: calls');
  leave.abort();
  await expect(listening).rejects.toThrow();
});
