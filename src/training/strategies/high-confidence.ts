import { selectByRank } from './select-by-rank.ts';
import type { Strategy } from './strategy.ts';

/** Verified ones first, then by confidence, then the newest. */
export const highConfidence: Strategy = Object.freeze({
  name: 'high_confidence',
  select: (candidates) =>
    selectByRank(
      candidates.examples.toSorted(
        (a, b) =>
          Number(b.verified) - Number(a.verified) || b.confidence - a.confidence || b.ingested - a.ingested,
      ),
      candidates,
    ),
} satisfies Strategy);
