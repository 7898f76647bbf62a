import { allowanceAt, candidatesAt } from './judge-pairs.ts';
import { rateNeeded } from './pair-proof.ts';
import type { Targets } from './targets.ts';

/** What ruling out the pairs of a join is thought to take, before it is tried. */
export interface ExpectedPairs {
  readonly pairs: number;
  /** Distinct values of either side. */
  readonly left: number;
  readonly right: number;
  /** Pairs near enough to be asked about. */
  readonly candidates: number;
  /** Others asked about by lot, to prove the recall. */
  readonly sampled: number;
  /** Calls that it makes needless. */
  readonly saved: number;
}

/** One true pair a value of the smaller side is assumed. `unpaid`: how many pairs would cost a call without it. */
export function expectedPairs(
  sides: Pick<ExpectedPairs, 'pairs' | 'left' | 'right'>,
  unpaid: number,
  { recall, allowance }: Targets,
): ExpectedPairs {
  const { pairs, left, right } = sides;
  const candidates = Math.min(pairs, candidatesAt(0, pairs, left + right));
  const rate = rateNeeded(Math.min(left, right), recall, allowanceAt(0, allowance));
  const sampled = Math.round(rate * (pairs - candidates));
  const saved = Math.min(unpaid, pairs - candidates - sampled);
  return Object.freeze({ ...sides, candidates, sampled, saved });
}
