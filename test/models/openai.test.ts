import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlError } from '../../src/errors.ts';
import { OpenAiProvider } from '../../src/operators/models/openai.ts';
import type { OpenAiSettings } from '../../src/operators/models/openai.ts';
import { loadPrices } from '../../src/operators/models/prices.ts';
import type { RetryPolicy } from '../../src/operators/models/retry-policy.ts';
import { meansRequest } from '../support/model-request.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

const QUICK: RetryPolicy = { maxAttempts: 4, maxTotalMs: 5_000, baseDelayMs: 1, maxDelayMs: 2 };
const forever = new AbortController().signal;
const request = meansRequest('bamboo toothbrush', 'eco-friendly');
const schema = {
  type: 'object',
  properties: { ok: { type: 'boolean' } },
  required: ['ok'],
  additionalProperties: false,
};

let stub: OpenAiStub;

beforeEach(async () => {
  stub = await OpenAiStub.start();
});

afterEach(() => stub.close());

async function provider(settings: Partial<OpenAiSettings> = {}): Promise<OpenAiProvider> {
  return new OpenAiProvider({
    apiKey: 'sk-secret-of-the-test',
    baseUrl: stub.baseUrl,
    prices: await loadPrices(null),
    retry: QUICK,
    ...settings,
  });
}

async function failure(promise: Promise<unknown>): Promise<SqlError> {
  return promise.then(
    () => expect.fail('the call was answered'),
    (error: unknown) => error as SqlError,
  );
}

describe('a call that is answered', () => {
  it('sends the messages, the model and the sampling as they are given', async () => {
    const openai = await provider();
    await openai.complete(meansRequest('a', 'b', { temperature: 0, seed: 7, maxTokens: 5 }), forever);
    expect(stub.requests).toHaveLength(1);
    expect(stub.requests[0]?.path).toBe('/v1/chat/completions');
    expect(stub.requests[0]?.body).toEqual({
      model: 'gpt-4.1-mini',
      messages: [
        { role: 'system', content: 'Answer true or false.' },
        { role: 'user', content: 'Does the text match?\nText: a\nCriterion: b' },
      ],
      temperature: 0,
      seed: 7,
      max_tokens: 5,
    });
  });

  it('counts tokens, cached ones included, and prices them', async () => {
    stub.answerNext({
      content: 'true',
      usage: { prompt_tokens: 1000, completion_tokens: 10, prompt_tokens_details: { cached_tokens: 600 } },
    });
    const reply = await (await provider()).complete(request, forever);
    expect(reply).toMatchObject({
      text: 'true',
      finish: 'stop',
      tokensIn: 1000,
      tokensOut: 10,
      tokensCached: 600,
    });
    expect(reply.costUsd).toBeCloseTo((400 * 0.4 + 600 * 0.1 + 10 * 1.6) / 1e6, 12);
  });

  it('costs null where the model has no price or the endpoint does not count', async () => {
    const openai = await provider();
    expect((await openai.complete(meansRequest('a', 'b', { model: 'llama3' }), forever)).costUsd).toBeNull();
    const body = JSON.stringify({ choices: [{ message: { content: 'true' } }] });
    stub.answerNext({ body });
    const uncounted = await openai.complete(request, forever);
    expect(uncounted).toMatchObject({ text: 'true', costUsd: null, model: 'gpt-4.1-mini' });
  });

  it('keeps request and response for the log without the key', async () => {
    const reply = await (await provider()).complete(request, forever);
    expect(stub.requests[0]?.headers.authorization).toBe('Bearer sk-secret-of-the-test');
    expect(reply.request).toEqual(stub.requests[0]?.body);
    expect(reply.response).toMatchObject({ choices: [{ message: { content: 'true' } }] });
    expect(JSON.stringify([reply.request, reply.response])).not.toContain('secret');
  });

  it('sends no Authorization header where there is no key', async () => {
    await (await provider({ apiKey: null })).complete(request, forever);
    expect(stub.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['length', { content: 'tr', finishReason: 'length' }, 'length', 'tr'],
    ['no text at all for want of tokens', { content: null, finishReason: 'length' }, 'length', ''],
    ['content_filter', { content: null, finishReason: 'content_filter' }, 'refusal', ''],
    ['a refusal', { content: null, refusal: 'I cannot.' }, 'refusal', 'I cannot.'],
  ])('names the finish of %s', async (_, answer, finish, text) => {
    stub.answerNext(answer);
    expect(await (await provider()).complete(request, forever)).toMatchObject({ finish, text });
    expect(stub.requests).toHaveLength(1);
  });
});

describe('a schema', () => {
  it('is sent as response_format, strict where it meets the rules of strictness', async () => {
    const openai = await provider();
    await openai.complete({ ...request, outputSchema: schema }, forever);
    await openai.complete({ ...request, outputSchema: { type: 'object', properties: { ok: {} } } }, forever);
    const formats = stub.requests.map((sent) => sent.body.response_format?.json_schema);
    expect(formats).toEqual([
      { name: 'semantic_matches_evaluate', schema, strict: true },
      {
        name: 'semantic_matches_evaluate',
        schema: { type: 'object', properties: { ok: {} } },
        strict: false,
      },
    ]);
  });

  it('moves into the prompt where the endpoint refuses it, which is remembered for the model', async () => {
    stub.answer = ({ body }) => (body.response_format === undefined ? '{"ok":true}' : { status: 400 });
    const openai = await provider();
    const first = await openai.complete({ ...request, outputSchema: schema }, forever);
    expect(first).toMatchObject({ text: '{"ok":true}', retries: 1 });
    expect(stub.requests).toHaveLength(2);
    expect(stub.requests[1]?.prompt).toContain(JSON.stringify(schema));
    expect((await openai.complete({ ...request, outputSchema: schema }, forever)).retries).toBe(0);
    expect(stub.requests).toHaveLength(3);
    await openai.complete({ ...request, model: 'other', outputSchema: schema }, forever);
    expect(stub.requests).toHaveLength(5);
  });

  it('is not given up for a request that is refused without it as well', async () => {
    stub.answer = () => ({ status: 400 });
    const openai = await provider();
    expect((await failure(openai.complete({ ...request, outputSchema: schema }, forever))).code).toBe(
      '38000',
    );
    stub.answer = () => '{"ok":true}';
    await openai.complete({ ...request, outputSchema: schema }, forever);
    expect(stub.requests).toHaveLength(3);
    expect(stub.requests[2]?.body.response_format?.type).toBe('json_schema');
  });
});

describe('a parameter that a model does not take', () => {
  it('is left out once the endpoint names it', async () => {
    stub.answer = ({ body }) => {
      if (body.temperature === undefined) return 'true';
      const error = {
        message: 'Only the default is supported.',
        param: 'temperature',
        code: 'unsupported_value',
      };
      return { status: 400, body: JSON.stringify({ error }) };
    };
    const openai = await provider();
    await openai.complete({ ...request, temperature: 0 }, forever);
    await openai.complete({ ...request, temperature: 0 }, forever);
    expect(stub.requests.map(({ body }) => body.temperature)).toEqual([0, undefined, undefined]);
  });
});

describe('a failure that may pass', () => {
  it.each([
    ['408', { status: 408 }],
    ['409', { status: 409 }],
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    [
      '503 with an HTML page',
      { status: 503, body: '<html>busy</html>', headers: { 'content-type': 'text/html' } },
    ],
    ['a reset', { fault: 'reset' as const }],
    ['an answer cut in the middle', { content: 'true', fault: 'cut' as const }],
    ['broken JSON', { body: '{"choices": [' }],
    ['an HTML page with 200', { body: '<html>welcome</html>', headers: { 'content-type': 'text/html' } }],
    ['an empty body', { body: '' }],
    ['no choices', { body: '{"choices": []}' }],
    ['null content', { content: null }],
  ])('is tried again: %s', async (_, fault) => {
    stub.answerNext(fault, fault);
    const reply = await (await provider()).complete(request, forever);
    expect(reply).toMatchObject({ text: 'true', retries: 2 });
    expect(stub.requests).toHaveLength(3);
  });

  it('is tried again after a time-out of the request', async () => {
    stub.answerNext({ fault: 'hang' });
    const reply = await (await provider()).complete({ ...request, timeoutMs: 50 }, forever);
    expect(reply).toMatchObject({ text: 'true', retries: 1 });
    expect(stub.requests).toHaveLength(2);
  });

  it('waits as long as Retry-After says', async () => {
    stub.answerNext({ status: 429, headers: { 'retry-after-ms': '120' } });
    await (await provider()).complete(request, forever);
    const [first, second] = stub.requests.map(({ receivedAt }) => receivedAt);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(118);
    expect(stub.requests).toHaveLength(2);
  });

  it('ends with endpoint, attempts, first cause and a way out when the attempts are spent', async () => {
    stub.answer = () => ({ status: 503 });
    stub.answerNext({ status: 500 });
    const error = await failure((await provider()).complete(request, forever));
    expect(error.code).toBe('08006');
    expect(error.message).toBe(`no answer from ${stub.baseUrl}: 4 attempts, first cause: 500: stub says 500`);
    expect(error.detail).toBe('Last cause: 503: stub says 503');
    expect(error.hint).toContain('OPENAI_BASE_URL');
    expect(error.hint).toContain('RVBBIT_MODEL');
    expect(stub.requests).toHaveLength(4);
  });

  it('names the connection that was refused', async () => {
    const port = await freePort();
    const error = await failure(
      (await provider({ baseUrl: `http://127.0.0.1:${port}/v1` })).complete(request, forever),
    );
    expect(error.code).toBe('08006');
    expect(error.message).toBe(
      `no answer from http://127.0.0.1:${port}/v1: 4 attempts, first cause: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  it('is a rate limit with 53400 where that is the first cause', async () => {
    stub.answer = () => ({ status: 429 });
    expect((await failure((await provider()).complete(request, forever))).code).toBe('53400');
    expect(stub.requests).toHaveLength(4);
  });

  it('ends at once where the wait asked for does not fit the time allowed', async () => {
    stub.answerNext({ status: 503, headers: { 'retry-after': '3600' } });
    expect((await failure((await provider()).complete(request, forever))).code).toBe('08006');
    expect(stub.requests).toHaveLength(1);
  });

  it('ends when the total time is over, in the middle of an attempt', async () => {
    stub.answer = () => ({ fault: 'hang' });
    const start = performance.now();
    const openai = await provider({ retry: { ...QUICK, maxTotalMs: 200 } });
    expect((await failure(openai.complete({ ...request, timeoutMs: 150 }, forever))).code).toBe('08006');
    expect(performance.now() - start).toBeLessThan(300);
  });
});

describe('a failure that will not pass', () => {
  it.each([
    [401, '28000', 'OPENAI_API_KEY'],
    [403, '28000', 'OPENAI_API_KEY'],
    [404, '42704', 'RVBBIT_MODEL'],
  ])('is not tried again: %i', async (status, code, hint) => {
    stub.answerNext({ status });
    const error = await failure((await provider()).complete(request, forever));
    expect(error.code).toBe(code);
    expect(error.hint).toContain(hint);
    expect(stub.requests).toHaveLength(1);
  });

  it.each([400, 413, 415])('is not tried again: %i', async (status) => {
    stub.answerNext({ status });
    expect((await failure((await provider()).complete(request, forever))).code).toBe('38000');
    expect(stub.requests).toHaveLength(1);
  });

  it('says that the prompt is too long, without trying to go without the schema', async () => {
    const error = { message: 'too many tokens', code: 'context_length_exceeded' };
    stub.answerNext({ status: 400, body: JSON.stringify({ error }) });
    const openai = await provider();
    expect((await failure(openai.complete({ ...request, outputSchema: schema }, forever))).code).toBe(
      '54000',
    );
    expect(stub.requests).toHaveLength(1);
  });

  it('is not tried again for a spent quota, though it comes as 429', async () => {
    stub.answerNext({
      status: 429,
      body: JSON.stringify({ error: { message: 'quota', code: 'insufficient_quota' } }),
    });
    expect((await failure((await provider()).complete(request, forever))).code).toBe('53400');
    expect(stub.requests).toHaveLength(1);
  });

  it('does not repeat the key that an endpoint repeats', async () => {
    const body = JSON.stringify({ error: { message: 'bad key sk-secret-of-the-test' } });
    stub.answerNext({ status: 401, body });
    const error = await failure((await provider()).complete(request, forever));
    expect(error.message).toContain('bad key [key]');
    expect(error.message).not.toContain('secret');
  });
});

describe('an abort', () => {
  it('ends the request in flight with 57014 and lets the endpoint know', async () => {
    stub.answer = () => ({ fault: 'hang' });
    const stop = new AbortController();
    const call = failure((await provider()).complete(request, stop.signal));
    await expect.poll(() => stub.inFlight).toBe(1);
    stop.abort();
    expect((await call).code).toBe('57014');
    await expect.poll(() => stub.abandoned).toBe(1);
    expect(stub.requests).toHaveLength(1);
  });

  it('ends the wait between two attempts', async () => {
    stub.answer = () => ({ status: 503, headers: { 'retry-after': '2' } });
    const stop = new AbortController();
    const call = failure((await provider()).complete(request, stop.signal));
    await expect.poll(() => stub.requests.length).toBe(1);
    const start = performance.now();
    setTimeout(() => stop.abort(), 20);
    expect((await call).code).toBe('57014');
    expect(performance.now() - start).toBeLessThan(500);
    expect(stub.requests).toHaveLength(1);
  });

  it('before the call sends nothing', async () => {
    expect((await failure((await provider()).complete(request, AbortSignal.abort()))).code).toBe('57014');
    expect(stub.requests).toHaveLength(0);
  });
});

describe('a base URL', () => {
  it.each(['localhost', 'localhost:11434', 'ftp://example.org/v1'])(
    'that is no address is refused: %s',
    async (url) => {
      await expect(provider({ baseUrl: url })).rejects.toMatchObject({ code: '22023' });
    },
  );

  it('with credentials is refused without repeating them', async () => {
    const error = await failure(provider({ baseUrl: 'http://me:secret@127.0.0.1/v1' }));
    expect(error.code).toBe('22023');
    expect(error.message).not.toContain('secret');
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
