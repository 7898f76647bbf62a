/** P(X ≤ hits) for X binomial; 0 ≤ share ≤ 1. */
export function chanceOfAtMost(hits: number, trials: number, share: number): number {
  if (hits >= trials || share <= 0) return 1;
  if (share >= 1) return 0;
  const odds = Math.log(share) - Math.log1p(-share);
  let term = trials * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let k = 1; k <= hits; k++) {
    term += odds + Math.log(trials - k + 1) - Math.log(k);
    sum += Math.exp(term);
  }
  return sum;
}
