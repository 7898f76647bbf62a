import { logGamma } from './mcnemar.ts';

/** An e-value from here on is an alarm: on equal arms it is ever reached in at most 5 % of runs, however often one looks. */
export const ALARM = 20;

/**
 * How much a bettor who starts with 1 has after betting on which arm wins each row on which they differ, spread evenly
 * over all chances of winning. On equal arms this is a martingale, so by Ville's inequality it ever reaches `x` with
 * probability 1/x at most: it may be looked at after every row.
 */
export function eValue(wins: number, losses: number): number {
  const n = wins + losses;
  const logOdds = logGamma(wins + 1) + logGamma(losses + 1) - logGamma(n + 2);
  // 1 where nothing has been bet, and not what the logarithms make of it.
  return Number(Math.exp(n * Math.LN2 + logOdds).toPrecision(11));
}
