import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/local-model/seeded-order.ts';
import { judgePairs } from '../../src/operators/evaluation/proxy/judge-pairs.ts';
import { keepsRecall, rateNeeded } from '../../src/operators/evaluation/proxy/pair-proof.ts';

const SIDE = 60;

interface Planted {
  readonly scores: Float64Array;
  readonly truth: readonly boolean[];
  readonly lots: Float64Array;
}

/** One partner a value; the scores of true pairs lie `apart` standard deviations above those of the others. */
function planted(apart: number, seed: number): Planted {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const truth = Array.from({ length: SIDE * SIDE }, (_, at) => at % SIDE === Math.floor(at / SIDE));
  const scores = Float64Array.from(truth, (holds) => normal() + (holds ? apart : 0));
  return { scores, truth, lots: Float64Array.from(truth, random) };
}

async function judged({ scores, truth, lots }: Planted, recall: number, most = Infinity) {
  const asked = new Set<number>();
  const verdict = await judgePairs({
    scores,
    lots,
    values: 2 * SIDE,
    targets: { recall, allowance: 0.05 },
    most,
    ask: async (places) =>
      places.map((at) => {
        asked.add(at);
        return truth[at] === true;
      }),
  });
  const found = [...asked].filter((at) => truth[at] === true).length;
  return { verdict, asked: asked.size / truth.length, recall: found / SIDE };
}

describe('the pairs of a join', () => {
  it.each([
    ['far apart', 6, 0.9],
    ['apart', 4, 0.8],
    ['close', 3, 0.8],
    ['closer', 2, 0.8],
    ['at the candidates’ edge', 1.5, 0.8],
    ['not to be told by embedding', 0, 0.8],
  ])('keep the recall in at least 95 of 100 seeds where true ones are %s', async (_, apart, target) => {
    let kept = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { verdict, recall } = await judged(planted(apart, seed), target);
      if (verdict.kind === 'none' || recall >= target) kept += 1;
    }
    expect(kept).toBeGreaterThanOrEqual(95);
  });

  it('cost few questions where embeddings tell them', async () => {
    const { verdict, asked, recall } = await judged(planted(6, 1), 0.8);
    expect(verdict).toMatchObject({ kind: 'candidates', candidates: 240 });
    expect(asked).toBeLessThan(0.3);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });

  it('are all asked about where embeddings tell nothing, or nothing is true', async () => {
    expect((await judged(planted(0, 1), 0.95)).verdict.kind).toBe('none');
    const { scores, lots } = planted(4, 1);
    expect((await judged({ scores, lots, truth: [] }, 0.9)).verdict.kind).toBe('none');
  });

  it('are not asked about past the limit', async () => {
    const { verdict, asked } = await judged(planted(6, 1), 0.95, 1_000);
    expect(verdict.kind).toBe('none');
    expect(asked * SIDE * SIDE).toBeLessThanOrEqual(1_000);
  });
});

describe('the proof of a recall', () => {
  it('needs the chance at which none found is rare enough, and no less', () => {
    const rate = rateNeeded(100, 0.9, 0.05);
    expect(keepsRecall({ candidates: 100, others: 0 }, rate, 0.9, 0.05)).toBe(true);
    expect(keepsRecall({ candidates: 100, others: 0 }, rate - 0.001, 0.9, 0.05)).toBe(false);
    expect(keepsRecall({ candidates: 100, others: 1 }, rate, 0.9, 0.05)).toBe(false);
    // 12 lost of 112 is the first that misses 0.9: (1 - rate) ** 12 = 0.05.
    expect(rate).toBeCloseTo(1 - 0.05 ** (1 / 12), 6);
  });
});
