import { describe, expect, it } from 'vitest';
import { seededOrder, seededRandom } from '../../bench/local-model/seeded-order.ts';
import { upperBound, trialsNeeded } from '../../src/operators/evaluation/proxy/clopper-pearson.ts';
import { decide } from '../../src/operators/evaluation/proxy/decision.ts';
import { planSample } from '../../src/operators/evaluation/proxy/sampling.ts';
import { chooseThresholds } from '../../src/operators/evaluation/proxy/thresholds.ts';
import type { SampledValue, Thresholds } from '../../src/operators/evaluation/proxy/thresholds.ts';

const targets = { recall: 0.95, precision: 0.95, allowance: 0.05 };

interface Value {
  readonly score: number;
  readonly holds: boolean;
}

/** Scores of the true ones lie `apart` standard deviations above those of the false ones. */
function population(size: number, trueShare: number, apart: number, seed: number): readonly Value[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: size }, () => {
    const holds = random() < trueShare;
    return { holds, score: normal() + (holds ? apart : 0) };
  });
}

function measured(values: readonly Value[], thresholds: Thresholds) {
  const decided = values.map((value) => ({ ...value, decision: decide(value.score, thresholds) }));
  const taken = decided.filter(({ decision, holds }) => decision === 'true' || (decision === 'ask' && holds));
  const right = taken.filter(({ holds }) => holds).length;
  return {
    recall: right / values.filter(({ holds }) => holds).length,
    precision: right / taken.length,
    asked: decided.filter(({ decision }) => decision === 'ask').length / values.length,
  };
}

function chosen(values: readonly Value[], sample: readonly SampledValue[]): Thresholds {
  const choice = chooseThresholds(
    values.map(({ score }) => score),
    sample,
    targets,
  );
  if (choice.kind === 'none') throw new Error(choice.reason);
  return choice.thresholds;
}

describe('the upper bound of a share', () => {
  it.each([
    // R: qbeta(1 - allowance, hits + 1, trials - hits)
    [0, 10, 0.05, 0.258866],
    [0, 59, 0.05, 0.049507],
    [3, 100, 0.05, 0.075711],
    [50, 100, 0.025, 0.60168],
  ])('after %i of %i with an allowance of %f is %f', (hits, trials, allowance, bound) => {
    expect(upperBound(hits, trials, allowance)).toBeCloseTo(bound, 4);
  });

  it('is 1 where nothing was tried or everything was hit', () => {
    expect([upperBound(0, 0, 0.05), upperBound(7, 7, 0.05)]).toEqual([1, 1]);
  });

  it('falls to a share after the trials that it needs, and not before', () => {
    const trials = trialsNeeded(0.05, 0.025);
    expect(upperBound(0, trials, 0.025)).toBeLessThanOrEqual(0.05);
    expect(upperBound(0, trials - 1, 0.025)).toBeGreaterThan(0.05);
  });
});

describe('thresholds', () => {
  it.each([
    ['a good proxy', 0.3, 3],
    ['a middling proxy', 0.3, 2],
    ['a weak proxy', 0.4, 1],
    ['a proxy that knows nothing', 0.5, 0],
  ])('of %s keep recall and precision in at least 95 of 100 seeds', (_, trueShare, apart) => {
    let kept = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const values = population(6_000, trueShare, apart, seed);
      const sample = seededOrder(values, seed + 1_000).slice(0, 600);
      const { recall, precision } = measured(values, chosen(values, sample));
      if (recall >= targets.recall && precision >= targets.precision) kept++;
    }
    expect(kept).toBeGreaterThanOrEqual(95);
  });

  it('of a good proxy leave few values to ask, and those of a useless one nearly all', () => {
    const asked = [3, 0].map((apart) => {
      const values = population(6_000, 0.3, apart, 7);
      return measured(values, chosen(values, seededOrder(values, 8).slice(0, 600))).asked;
    });
    expect(asked[0]).toBeLessThan(0.3);
    expect(asked[1]).toBeGreaterThan(0.85);
  });

  it('are not chosen where the sample holds a NULL', () => {
    const values = population(1_000, 0.5, 3, 1);
    const sample = [...values.slice(0, 400), { score: 1, holds: null }];
    expect(chooseThresholds(scoresOf(values), sample, targets)).toEqual({
      kind: 'none',
      reason: 'the model answers NULL',
    });
  });

  it('are not chosen where the sample holds too few true answers to prove anything', () => {
    const values = population(1_000, 0.05, 3, 1);
    const choice = chooseThresholds(scoresOf(values), values.slice(0, 300), targets);
    expect(choice).toMatchObject({ kind: 'none', reason: expect.stringMatching(/^\d+ of 76 true answers/) });
  });

  it('of scores that part the values wholly leave nothing to ask', () => {
    const values = population(2_000, 0.4, 100, 3);
    const thresholds = chosen(values, seededOrder(values, 4).slice(0, 400));
    expect(measured(values, thresholds).asked).toBeLessThan(0.02);
  });
});

describe('a decision', () => {
  const thresholds = { low: -1, high: 1 };

  it('is the proxy’s outside the thresholds and the model’s between', () => {
    expect([-2, -1, 0, 1, 2].map((score) => decide(score, thresholds))).toEqual([
      'false',
      'ask',
      'ask',
      'true',
      'true',
    ]);
  });
});

describe('a sample', () => {
  it('grows as true values get rarer, until it is not worth while', () => {
    expect(planSample(100_000, 0.5, targets)).toEqual({ training: 1_000, calibration: 228 });
    expect(planSample(100_000, 0.05, targets)).toEqual({ training: 1_000, calibration: 2_280 });
    expect(planSample(100_000, 0.95, targets)).toEqual({ training: 1_000, calibration: 2_280 });
    expect(planSample(4_000, 0.5, targets)?.training).toBe(200);
    expect(planSample(1_000, 0.05, targets)).toBeNull();
    expect(planSample(100_000, 0, targets)).toBeNull();
  });
});

function scoresOf(values: readonly Value[]): readonly number[] {
  return values.map(({ score }) => score);
}
