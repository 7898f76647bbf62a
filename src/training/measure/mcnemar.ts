/** Below this many rows on which the arms differ, no verdict is given: not even all on one side would be significant. */
export const FEWEST_DISCORDANT = 6;

/**
 * McNemar's exact test in its mid-p form, two-sided: how likely arms that are equally good differ at least as much.
 * `wins` are rows that only one arm has right, `losses` those that only the other has. 1 where both are 0.
 */
export function mcnemarMidP(wins: number, losses: number): number {
  const n = wins + losses;
  const fewer = Math.min(wins, losses);
  if (n === 0) return 1;
  let below = 0;
  for (let k = 0; k < fewer; k += 1) below += fairCoin(n, k);
  return Math.min(1, 2 * (below + fairCoin(n, fewer) / 2));
}

/** Probability of `heads` in `n` throws of a fair coin. */
function fairCoin(n: number, heads: number): number {
  return Math.exp(logFactorial(n) - logFactorial(heads) - logFactorial(n - heads) - n * Math.LN2);
}

export function logFactorial(n: number): number {
  return logGamma(n + 1);
}

/** Stirling's series after shifting the argument up; 1e-12 of the value for positive x. */
export function logGamma(x: number): number {
  let shift = 0;
  let value = x;
  while (value < 10) {
    shift += Math.log(value);
    value += 1;
  }
  const inverse = 1 / (value * value);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / value;
  return (value - 0.5) * Math.log(value) - value + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
