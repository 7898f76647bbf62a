import { chanceOfAtMost } from './binomial.ts';

const HALVINGS = 60;

/**
 * One-sided upper bound of a share after `hits` in `trials`, exact (Clopper and Pearson 1934): with chance 1 − allowance
 * the share is not above it. 1 where nothing was tried.
 */
export function upperBound(hits: number, trials: number, allowance: number): number {
  if (hits >= trials) return 1;
  let low = hits / trials;
  let high = 1;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(hits, trials, middle) > allowance) low = middle;
    else high = middle;
  }
  return high;
}

/** Trials without a hit after which the bound is not above `share`. */
export function trialsNeeded(share: number, allowance: number): number {
  return Math.ceil(Math.log(allowance) / Math.log1p(-share));
}
