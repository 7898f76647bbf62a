import { beforeAll, describe, expect, it } from 'vitest';
import { loadStaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import type { StaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import { topics } from '../../src/operators/models/local/topics.ts';

let embedder: StaticEmbedder;

beforeAll(async () => {
  embedder = await loadStaticEmbedder();
});

const billing = [
  'I was charged twice for my invoice',
  'The invoice total is wrong',
  'Please correct the invoice and refund the charge',
  'My card was charged but the invoice says unpaid',
];
const delivery = ['The parcel is late', 'My parcel never arrived', 'The courier lost the parcel'];
const login = ['I forgot my password', 'The password reset mail does not come'];

function topicsOf(texts: readonly string[], count: number) {
  return topics(texts, count, (all) => embedder.embed(all));
}

describe('topics', () => {
  it('put texts about one thing together, the largest topic first', async () => {
    const texts = [...login, ...billing, ...delivery];
    const found = await topicsOf(texts, 3);
    const members = found.map((topic) => topic.members.map((at) => texts[at]));
    expect(members).toEqual([billing, delivery, login]);
  });

  it('are labelled with what is typical of their texts and not of the others', async () => {
    const found = await topicsOf([...billing, ...delivery, ...login], 3);
    expect(found.map(({ label }) => label.split(', ')[0])).toEqual([
      expect.stringContaining('invoice'),
      expect.stringContaining('parcel'),
      expect.stringContaining('password'),
    ]);
  });

  it('hold every text exactly once, those without a known word under "other"', async () => {
    const found = await topicsOf([...billing, '', '日本語', ...delivery], 2);
    expect(found.at(-1)).toEqual({ label: 'other', members: [4, 5] });
    expect(found.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });

  it('are fewer than asked for where the texts are fewer', async () => {
    expect(await topicsOf(['bamboo', 'bamboo', 'refund'], 5)).toHaveLength(2);
    expect(await topicsOf([], 5)).toEqual([]);
  });

  it('of one text are labelled with that text', async () => {
    expect(await topicsOf(['The courier lost it'], 1)).toEqual([
      { label: 'The courier lost it', members: [0] },
    ]);
  });

  it('are the same each time', async () => {
    const texts = [...billing, ...delivery, ...login];
    expect(await topicsOf(texts, 3)).toEqual(await topicsOf(texts, 3));
  });
});
