import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { openEmbedder } from '../../src/operators/models/open-embedder.ts';
import { OpenAiEmbedder } from '../../src/operators/models/openai-embedder.ts';
import { Embeddings } from '../../src/training/embeddings/embeddings.ts';
import { OpenAiStub, type StubReply, type StubRequest } from '../support/openai-stub.ts';
import { temporaryStore } from '../training/support/temporary-store.ts';

const RETRY = { maxAttempts: 3, maxTotalMs: 10_000, baseDelayMs: 1, maxDelayMs: 2 };
let stub: OpenAiStub;

beforeEach(async () => {
  stub = await OpenAiStub.start(embeddings);
});
afterEach(() => stub.close());

/** Length of the text, and 1: in reverse order, as the protocol allows. `wide` models have one number more. */
function embeddings({ body }: StubRequest): StubReply {
  const data = (body.input ?? []).map((text, index) => ({
    object: 'embedding',
    index,
    embedding: [text.length, 1, ...(body.model === 'wide' ? [2] : [])],
  }));
  return { body: JSON.stringify({ object: 'list', model: body.model, data: data.toReversed() }) };
}

function open(model = 'small', apiKey: string | null = null): Promise<OpenAiEmbedder> {
  return OpenAiEmbedder.open({ apiKey, baseUrl: stub.baseUrl, model, retry: RETRY });
}

describe('an endpoint for embeddings', () => {
  it('gives one vector of length 1 a text, in their order, and zeros for a text without a letter', async () => {
    const vectors = await (await open()).embed(['aaa', ' ', 'a', 'aaa']);
    const [long, short] = [Math.sqrt(10), Math.SQRT2];
    expect(vectors.map((vector) => [...vector])).toEqual(
      [
        [3 / long, 1 / long],
        [0, 0],
        [1 / short, 1 / short],
        [3 / long, 1 / long],
      ].map((values) => values.map(Math.fround)),
    );
    expect(stub.requests.at(-1)?.body).toMatchObject({ model: 'small', input: ['aaa', 'a'] });
    expect(stub.requests.at(-1)?.path).toBe('/v1/embeddings');
  });

  it('is asked about many texts in parts, each distinct text once', async () => {
    const embedder = await open();
    stub.clear();
    const texts = Array.from({ length: 600 }, (_, at) => `text ${at % 300}`);
    expect(await embedder.embed(texts)).toHaveLength(600);
    expect(stub.requests.map(({ body }) => body.input?.length)).toEqual([128, 128, 44]);
  });

  it('is asked again after a failure that may pass', async () => {
    const embedder = await open();
    stub.answerNext({ status: 503 }, { status: 429 });
    expect(await embedder.embed(['a'])).toHaveLength(1);
    expect(stub.requests).toHaveLength(4);
  });

  it.each([
    [401, '28000', 'RVBBIT_EMBEDDER=local'],
    [404, '42704', 'RVBBIT_EMBEDDER'],
    [500, '08006', 'RVBBIT_EMBEDDER'],
  ])('that answers %i fails with its cause and a way out', async (status, code, hint) => {
    stub.answer = () => ({ status });
    await expect(open('small', 'sk-secret')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(String(status)),
      hint: expect.stringContaining(hint),
    });
  });

  it('that changes the size of its vectors is an error, not a mixture', async () => {
    const embedder = await open();
    stub.answer = (request) => embeddings({ ...request, body: { ...request.body, model: 'wide' } });
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ code: '38000' });
  });

  it('is chosen by RVBBIT_EMBEDDER, and what is no embedder is refused with a way out', async () => {
    const env = { RVBBIT_EMBEDDER: 'openai/small', OPENAI_BASE_URL: stub.baseUrl };
    expect((await openEmbedder(readConfig(env))).name).toBe(`small@${stub.baseUrl}/2`);
    expect((await openEmbedder(readConfig({}))).name).toBe(new ShippedEmbedder().name);
    expect(() => readConfig({ RVBBIT_EMBEDDER: 'small' })).toThrow('"small" is no embedder');
  });
});

describe('another embedder', () => {
  it('embeds anew what it needs and when it needs it, and never takes the vector of another one', async () => {
    const home = await temporaryStore();
    const texts = Array.from({ length: 100 }, (_, at) => 'x'.repeat(at + 1));
    const warn = (message: string): void => expect.fail(message);
    const vectorsBy = async (model: string, wanted: readonly string[]) => {
      const kept = new Embeddings(await open(model), home.store, { warn, patienceMs: 60_000 });
      stub.clear();
      const vectors = await kept.vectorsOf(wanted);
      await kept.settled();
      const asked = stub.requests.flatMap(({ body }) => body.input ?? []);
      return { asked: asked.length, sizes: [...new Set(vectors.map(({ length }) => length))] };
    };
    expect(await vectorsBy('small', texts)).toEqual({ asked: 100, sizes: [2] });
    expect(await vectorsBy('small', texts)).toEqual({ asked: 0, sizes: [2] });
    expect(await vectorsBy('wide', texts.slice(0, 70))).toEqual({ asked: 70, sizes: [3] });
    expect(await vectorsBy('wide', texts)).toEqual({ asked: 30, sizes: [3] });
    expect(await vectorsBy('other', texts)).toEqual({ asked: 100, sizes: [2] });
    await home.dispose();
  });
});
