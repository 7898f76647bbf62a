import { chanceOfAtMost } from './binomial.ts';

/** What is known of the pairs of a join: the true ones among the candidates, and those found by lot among the others. */
export interface FoundPairs {
  readonly candidates: number;
  readonly others: number;
}

/**
 * Whether enough true pairs are found, with chance 1 − allowance, where each pair that is no candidate was asked about
 * with chance `rate`, by lot. Of L true ones among them a binomial number was found, so the fewest L that would miss
 * the recall is ruled out where so few finds would be rare with it (one-sided, exact).
 */
export function keepsRecall(found: FoundPairs, rate: number, recall: number, allowance: number): boolean {
  return chanceOfAtMost(found.others, fewestLost(found, recall), rate) <= allowance;
}

/** Above what is needed, for the proof to pass in floating point. */
const ROUNDING = 1e-9;

/** The chance for each of the other pairs at which none found is proof enough. */
export function rateNeeded(candidates: number, recall: number, allowance: number): number {
  return Math.min(1, 1 - allowance ** (1 / fewestLost({ candidates, others: 0 }, recall)) + ROUNDING);
}

/** True ones among the others, found or not, from which on the recall is missed. */
function fewestLost({ candidates, others }: FoundPairs, recall: number): number {
  return Math.floor(((1 - recall) * candidates + others) / recall + 1e-9) + 1;
}
