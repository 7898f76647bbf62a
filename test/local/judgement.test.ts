import { beforeAll, describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../bench/local-model/area-under-curve.ts';
import { Judgement } from '../../src/operators/models/local/judgement.ts';
import type { GradedExample, LabeledExample } from '../../src/operators/models/local/judgement.ts';
import { loadStaticEmbedder } from '../../src/operators/models/local/static-embedder.ts';
import { criteriaFixture } from './criteria-fixture.ts';
import type { FixtureItem } from './criteria-fixture.ts';

let judgement: Judgement;

beforeAll(async () => {
  const embedder = await loadStaticEmbedder();
  judgement = new Judgement(
    (text) => Promise.resolve(embedder.embedNow(text)),
    (texts) => embedder.embed(texts),
  );
});

function grade(
  text: string,
  criterion: string | null,
  examples: readonly GradedExample[] = [],
): Promise<number> {
  return judgement.grade({ text, criterion }, examples);
}

function marked(text: string, criterion: string | null, grade: number, confidence = 1): GradedExample {
  return { text, criterion, grade, confidence };
}

async function scored(criterion: string, items: readonly FixtureItem[]) {
  return Promise.all(items.map(async ({ text, holds }) => ({ holds, score: await grade(text, criterion) })));
}

describe('without an example', () => {
  it('the four products of the quickstart are judged right for eco-friendly', async () => {
    const products = [
      'bamboo toothbrush',
      'reusable cotton bag',
      'plastic bottle',
      'disposable styrofoam cup',
    ];
    const grades = await Promise.all(products.map((product) => grade(product, 'eco-friendly')));
    expect(grades.map((value) => value > 0.5)).toEqual([true, true, false, false]);
  });

  it('criteria with a concept part hand-written texts with an area under the curve of 0.94 in the mean', async () => {
    const areas = [];
    const all = [];
    for (const [criterion, items] of criteriaFixture('criteria.tsv')) {
      const results = await scored(criterion, items);
      areas.push(areaUnderCurve(results));
      all.push(...results);
    }
    expect(areas).toHaveLength(16);
    expect(mean(areas)).toBeGreaterThan(0.94);
    expect(mean(all.map(({ score, holds }) => Number(score > 0.5 === holds)))).toBeGreaterThan(0.84);
  });

  it('criteria without a concept of their own still part hand-written texts with 0.75 in the mean', async () => {
    const areas = [];
    for (const [criterion, items] of criteriaFixture('unforeseen-criteria.tsv')) {
      areas.push(areaUnderCurve(await scored(criterion, items)));
    }
    expect(areas).toHaveLength(8);
    expect(mean(areas)).toBeGreaterThan(0.75);
  });

  it('what newcomers ask first parts the everyday texts with 0.96 in the mean', async () => {
    const areas = [];
    const all = [];
    for (const [criterion, items] of criteriaFixture('everyday-criteria.tsv')) {
      const results = await scored(criterion, items);
      areas.push(areaUnderCurve(results));
      all.push(...results);
    }
    expect(areas).toHaveLength(39);
    expect(mean(areas)).toBeGreaterThan(0.96);
    expect(mean(all.map(({ score, holds }) => Number(score > 0.5 === holds)))).toBeGreaterThan(0.86);
  });

  it('a rewording of a criterion judges alike', async () => {
    for (const criterion of ['environmentally friendly', 'good for the environment', 'sustainable']) {
      expect(await grade('compostable food waste bags', criterion)).toBeGreaterThan(0.5);
      expect(await grade('styrofoam packaging', criterion)).toBeLessThan(0.5);
    }
  });

  it('a negated criterion has the remaining probability', async () => {
    const plain = await grade('disposable straws', 'eco-friendly');
    expect(await grade('disposable straws', 'not eco-friendly')).toBeCloseTo(1 - plain, 10);
    expect(await grade('disposable straws', "isn't eco-friendly")).toBeCloseTo(1 - plain, 10);
  });

  it('a text without a known word does not meet a criterion, and says so with little confidence', async () => {
    for (const text of ['', '  ', '竹製の歯ブラシ']) {
      const probability = await grade(text, 'eco-friendly');
      expect(probability).toBeLessThan(0.5);
      expect(probability).toBeGreaterThan(0.3);
    }
  });

  it('nothing is known where there is no criterion either', async () => {
    expect(await grade('bamboo toothbrush', null)).toBe(0.5);
  });
});

describe('with examples', () => {
  it('an example of the very text decides it, and far texts hardly move', async () => {
    const before = await grade('plastic bottle', 'eco-friendly');
    const examples = [marked('plastic bottle', 'eco-friendly', 1)];
    expect(before).toBeLessThan(0.5);
    expect(await grade('plastic bottle', 'eco-friendly', examples)).toBeGreaterThan(0.5);
    const far = await grade('petrol leaf blower', 'eco-friendly');
    expect(Math.abs((await grade('petrol leaf blower', 'eco-friendly', examples)) - far)).toBeLessThan(0.3);
  });

  it('learn a meaning that the criterion does not tell', async () => {
    const examples = ['oak table', 'pine shelf', 'walnut desk', 'maple chair'].map((t) =>
      marked(t, 'type 7', 1),
    );
    const others = ['wool scarf', 'silk tie', 'linen shirt', 'cotton socks'].map((t) =>
      marked(t, 'type 7', 0),
    );
    const all = [...examples, ...others];
    expect(await grade('cherry wood bench', 'type 7', all)).toBeGreaterThan(0.5);
    expect(await grade('cashmere sweater', 'type 7', all)).toBeLessThan(0.5);
  });

  it('count by their confidence', async () => {
    const sure = await grade('plastic bottle', 'eco-friendly', [
      marked('plastic bottle', 'eco-friendly', 1, 1),
    ]);
    const unsure = await grade('plastic bottle', 'eco-friendly', [
      marked('plastic bottle', 'eco-friendly', 1, 0.2),
    ]);
    expect(sure).toBeGreaterThan(unsure);
  });

  it('of another criterion have no say', async () => {
    const examples = [marked('plastic bottle', 'about football', 1)];
    expect(await grade('plastic bottle', 'eco-friendly', examples)).toBe(
      await grade('plastic bottle', 'eco-friendly'),
    );
  });

  it('that contradict one another leave the criterion about as it was', async () => {
    const examples = [
      marked('plastic bottle', 'eco-friendly', 1),
      marked('plastic bottle', 'eco-friendly', 0),
    ];
    const probability = await grade('plastic bottle', 'eco-friendly', examples);
    expect(probability).toBeGreaterThan(0.05);
    expect(probability).toBeLessThan(0.6);
  });

  it('give the same probability each time and in any order of asking', async () => {
    const examples = [marked('glass jar', 'eco-friendly', 1), marked('jet ski', 'eco-friendly', 0)];
    const first = await grade('tin can', 'eco-friendly', examples);
    await grade('tin can', 'eco-friendly', examples.toReversed());
    expect(await grade('tin can', 'eco-friendly', examples)).toBe(first);
  });
});

describe('a label', () => {
  const labels = ['billing', 'delivery', 'technical_problem'];
  const choose = (text: string, examples: readonly LabeledExample[] = []) =>
    judgement.label({ text, criterion: null }, labels, examples);

  it('is the one whose name means most like the text', async () => {
    expect((await choose('I was charged twice on my credit card')).label).toBe('billing');
    expect((await choose('my parcel has not arrived')).label).toBe('delivery');
    expect((await choose('the app crashes with an error message')).label).toBe('technical_problem');
  });

  it('follows examples', async () => {
    const text = 'the zebra is striped';
    const examples = [{ text, criterion: null, label: 'delivery', confidence: 1 }];
    const { label, probability } = await choose(text, examples);
    expect(label).toBe('delivery');
    expect(probability).toBeGreaterThan(1 / 3);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
