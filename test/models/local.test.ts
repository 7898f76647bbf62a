import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/operators/models/embedder.ts';
import { LocalProvider } from '../../src/operators/models/local.ts';
import type { ModelReply } from '../../src/operators/models/model-provider.ts';
import { UniversalSentenceEncoder } from '../../bench/local-model/universal-sentence-encoder.ts';
import { normalized } from '../../src/operators/models/vectors.ts';
import type { Example } from '../../src/training/example.ts';
import { meansRequest } from '../support/model-request.ts';
import type { RequestFields } from '../support/model-request.ts';

const forever = new AbortController().signal;
const WORDS = ['green', 'plastic', 'cotton', 'joy', 'anger'];

/** One dimension a known word, and one for all others; counts its calls. */
class WordEmbedder implements Embedder {
  readonly name = 'words';
  readonly dimensions = WORDS.length + 1;
  readonly batches: (readonly string[])[] = [];

  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    this.batches.push(texts);
    return Promise.resolve(texts.map((text) => normalized([...WORDS.map((word) => count(text, word)), 0.5])));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const concepts = () =>
  Promise.resolve([{ names: ['joy'], speaksFor: ['joy joy'], speaksAgainst: ['anger'], cue: null }]);

function count(text: string, word: string): number {
  return text.split(' ').filter((part) => part === word).length;
}

function example(text: string, criterion: string, output: string): Example {
  return {
    traceId: `t-${text}`,
    inputs: { text, criterion },
    output,
    confidence: 1,
    verified: false,
    ingested: 1,
  };
}

function ask(text: string, criterion: string, fields?: RequestFields): Promise<ModelReply> {
  return new LocalProvider(new WordEmbedder()).complete(meansRequest(text, criterion, fields), forever);
}

describe('a boolean', () => {
  it('is true where text and criterion are near and false where they are far, with its probability', async () => {
    const near = await ask('green cotton', 'green');
    const far = await ask('plastic', 'green');
    expect([near.text, far.text]).toEqual(['true', 'false']);
    for (const { probability } of [near, far]) {
      expect(probability).toBeGreaterThan(0.5);
      expect(probability).toBeLessThanOrEqual(1);
    }
  });

  it('follows the example that is near, and not the one that is far', async () => {
    const far = [example('anger anger', 'green', 'true')];
    const near = [example('plastic plastic', 'green', 'true')];
    expect((await ask('plastic', 'green', { task: { examples: far } })).text).toBe('false');
    expect((await ask('plastic', 'green', { task: { examples: near } })).text).toBe('true');
  });

  it('gives an example of another criterion no say', async () => {
    const examples = [example('plastic', 'joy', 'true')];
    const reply = await ask('plastic', 'green', { task: { examples } });
    const without = await ask('plastic', 'green');
    expect(reply.text).toBe('false');
    expect(without.text).toBe('false');
  });

  it('passes over an example whose output is neither yes nor no', async () => {
    const examples = [example('plastic', 'green', 'perhaps')];
    const reply = await ask('plastic', 'green', { task: { examples } });
    expect(reply.probability).toBe((await ask('plastic', 'green')).probability);
  });

  it('is the same each time', async () => {
    const task = {
      examples: [example('green plastic', 'green', 'false'), example('green', 'green', 'true')],
    };
    const replies = await Promise.all([1, 2, 3].map(() => ask('green cotton', 'green', { task })));
    expect(new Set(replies.map(({ probability }) => probability)).size).toBe(1);
  });
});

describe('a score', () => {
  it('is a number in 0..1 that grows with nearness', async () => {
    const task = { kind: 'score' as const };
    const near = Number((await ask('green', 'green', { task })).text);
    const middle = Number((await ask('green plastic cotton', 'green', { task })).text);
    const far = Number((await ask('plastic', 'green', { task })).text);
    expect(near).toBeGreaterThan(middle);
    expect(middle).toBeGreaterThan(far);
    expect(far).toBeGreaterThanOrEqual(0);
    expect(near).toBeLessThanOrEqual(1);
  });
});

describe('a label', () => {
  const task = { kind: 'label' as const, inputs: { text: 'much joy' }, labels: ['anger', 'joy'] };

  it('is the one whose name is nearest', async () => {
    const reply = await ask('', '', { task });
    expect(reply.text).toBe('joy');
    expect(reply.probability).toBeGreaterThan(0.5);
  });

  it('follows a near example', async () => {
    const examples = [{ ...example('', '', 'anger'), inputs: { text: 'much joy' } }];
    expect((await ask('', '', { task: { ...task, examples } })).text).toBe('anger');
  });

  it('without labels to choose from is an error', async () => {
    await expect(ask('', '', { task: { ...task, labels: [] } })).rejects.toMatchObject({ code: '22023' });
  });
});

describe('a task that needs a language model', () => {
  it.each(['text', 'json'] as const)(
    'is refused for %s, names the settings and embeds nothing',
    async (kind) => {
      const embedder = new WordEmbedder();
      const call = new LocalProvider(embedder).complete(meansRequest('a', 'b', { task: { kind } }), forever);
      await expect(call).rejects.toMatchObject({
        code: '0A000',
        hint: expect.stringContaining('OPENAI_API_KEY'),
      });
      await expect(call).rejects.toMatchObject({ hint: expect.stringContaining('RVBBIT_MODEL') });
      expect(embedder.batches).toEqual([]);
    },
  );
});

describe('embedding', () => {
  it('embeds the concepts once, and collects the calls of one turn into one batch, each distinct text once, and remembers the vectors', async () => {
    const embedder = new WordEmbedder();
    const local = new LocalProvider(embedder, concepts);
    const texts = Array.from({ length: 20 }, (_, at) => `text ${at}`);
    await Promise.all(
      [...texts, ...texts].map((text) => local.complete(meansRequest(text, 'green'), forever)),
    );
    expect(embedder.batches.map((batch) => batch.length)).toEqual([3, 21]);
    await local.complete(meansRequest('text 3', 'green'), forever);
    expect(embedder.batches).toHaveLength(2);
  });

  it('splits what is wanted at once into batches of 32', async () => {
    const embedder = new WordEmbedder();
    const local = new LocalProvider(embedder, concepts);
    const texts = Array.from({ length: 99 }, (_, at) => `text ${at}`);
    await Promise.all(texts.map((text) => local.complete(meansRequest(text, 'green'), forever)));
    expect(embedder.batches.map((batch) => batch.length)).toEqual([3, 32, 32, 32, 4]);
  });

  it('hands a failure of the embedder to each caller and goes on with the next call', async () => {
    const embedder = new WordEmbedder();
    const local = new LocalProvider(embedder);
    const works = embedder.embed.bind(embedder);
    embedder.embed = () => Promise.reject(new Error('no weights'));
    await expect(local.complete(meansRequest('plastic', 'green'), forever)).rejects.toThrow('no weights');
    embedder.embed = works;
    expect((await local.complete(meansRequest('plastic', 'green'), forever)).text).toBe('false');
  });
});

describe('the Universal Sentence Encoder', () => {
  let encoder: UniversalSentenceEncoder;

  beforeAll(() => {
    encoder = new UniversalSentenceEncoder();
  });

  afterAll(() => encoder.close());

  it('gives one vector of length 1 a text, in order, and zeros for an empty text', async () => {
    const vectors = await encoder.embed(['bamboo toothbrush', '', 'plastic bottle']);
    const lengths = vectors.map((vector) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)));
    expect(vectors.map(({ length }) => length)).toEqual([512, 512, 512]);
    expect(lengths[0]).toBeCloseTo(1, 5);
    expect(lengths[1]).toBe(0);
    expect(lengths[2]).toBeCloseTo(1, 5);
    const [alone] = await encoder.embed(['plastic bottle']);
    expect(alone?.[0]).toBeCloseTo(vectors[2]?.[0] ?? 0, 5);
  });
});
