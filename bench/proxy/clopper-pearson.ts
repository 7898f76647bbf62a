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

/** P(X ≤ hits) for X binomial; 0 < share < 1. */
function chanceOfAtMost(hits: number, trials: number, share: number): number {
  const odds = Math.log(share) - Math.log1p(-share);
  let term = trials * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let k = 1; k <= hits; k++) {
    term += odds + Math.log(trials - k + 1) - Math.log(k);
    sum += Math.exp(term);
  }
  return sum;
}
