import { beforeAll, describe, expect, it } from 'vitest';
import { sentences } from '../../src/operators/models/local/sentences.ts';
import { loadStaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import type { StaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import { summarize } from '../../src/operators/models/local/summarize.ts';
import type { SummaryLimits } from '../../src/operators/models/local/summarize.ts';

let embedder: StaticEmbedder;

beforeAll(async () => {
  embedder = await loadStaticEmbedder();
});

const report = `The battery of the phone does not last a day. Customers report that the battery is empty by noon.
The battery drains while the phone is charging. My cat likes cheese. Support offers a new battery for the phone.
The battery of the phone does not last a day.`;

function summaryOf(texts: readonly string[], limits?: SummaryLimits): Promise<string> {
  return summarize(texts, (all) => embedder.embed(all), limits);
}

describe('a summary', () => {
  it('is made of whole sentences of the text, in its order', async () => {
    const all = sentences(report);
    const summary = await summaryOf([report], { sentences: 2, characters: 500 });
    const chosen = sentences(summary);
    expect(chosen).toHaveLength(2);
    const places = chosen.map((sentence) => all.indexOf(sentence));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('leaves out what the rest of the text is not about, and says nothing twice', async () => {
    const summary = await summaryOf([report], { sentences: 3, characters: 500 });
    expect(summary).not.toContain('cheese');
    expect(new Set(sentences(summary)).size).toBe(3);
  });

  it('keeps to its limit of characters, but for one sentence', async () => {
    expect((await summaryOf([report], { sentences: 9, characters: 100 })).length).toBeLessThanOrEqual(100);
    expect(sentences(await summaryOf([report], { sentences: 9, characters: 5 }))).toHaveLength(1);
  });

  it('of many texts chooses among all of them', async () => {
    const texts = [
      'The soup was cold.',
      'The soup was cold and salty.',
      'We waited an hour for cold soup.',
      'Nice chairs.',
    ];
    expect(await summaryOf(texts, { sentences: 1, characters: 200 })).toMatch(/soup/);
  });

  it('of nothing is empty, and of one sentence that sentence', async () => {
    expect(await summaryOf([])).toBe('');
    expect(await summaryOf(['', ' \n '])).toBe('');
    expect(await summaryOf(['Only this.'])).toBe('Only this.');
  });

  it('takes thousands of sentences', async () => {
    const long = Array.from({ length: 5_000 }, (_, at) => `Order ${at} was delivered late.`).join(' ');
    expect(sentences(await summaryOf([long]))).toHaveLength(3);
  });
});

describe('sentences', () => {
  it('end at full stops and line breaks, and not inside numbers', () => {
    expect(sentences('It costs 3.50 euros. Really?\n- yes\n***\n')).toEqual([
      'It costs 3.50 euros.',
      'Really?',
      '- yes',
    ]);
  });
});
