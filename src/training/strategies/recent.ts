import { selectByRank } from './select-by-rank.ts';
import type { Strategy } from './strategy.ts';

/** The calls that the log took in last. */
export const recent: Strategy = Object.freeze({
  name: 'recent',
  select: (candidates) => selectByRank(candidates.examples, candidates),
} satisfies Strategy);
