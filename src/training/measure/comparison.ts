import { ALARM, eValue } from './e-value.ts';
import { FEWEST_DISCORDANT, mcnemarMidP } from './mcnemar.ts';
import { pairedInterval } from './paired-interval.ts';

export type Verdict = 'insufficient' | 'b is better' | 'a is better' | 'no difference shown';

/** How two arms compare over the rows that both have answered. */
export interface ComparisonResult {
  readonly n: number;
  readonly accuracyA: number;
  readonly accuracyB: number;
  /** Accuracy of B less that of A. */
  readonly delta: number;
  /** 95 %, bootstrapped. */
  readonly interval: readonly [number, number];
  /** Rows that only B has right, and only A. */
  readonly wins: number;
  readonly losses: number;
  /** For who looks once, at the end. */
  readonly midP: number;
  /** For who watches: ALARM or more is one. */
  readonly eValue: number;
  readonly verdict: Verdict;
}

const SIGNIFICANT = 0.05;

/** Gathers the rows of a comparison of two arms, in the order in which they are answered. */
export class Comparison {
  readonly #clusters = new Map<number, number[]>();
  #n = 0;
  #rightA = 0;
  #rightB = 0;
  #wins = 0;
  #losses = 0;

  add(cluster: number, rightA: boolean, rightB: boolean): void {
    const differences = this.#clusters.get(cluster) ?? [];
    differences.push(Number(rightB) - Number(rightA));
    this.#clusters.set(cluster, differences);
    this.#n += 1;
    this.#rightA += Number(rightA);
    this.#rightB += Number(rightB);
    this.#wins += Number(rightB && !rightA);
    this.#losses += Number(rightA && !rightB);
  }

  /** For who watches: whether the arms are known to differ by now, without a limit to how often one asks. */
  get alarm(): boolean {
    return eValue(this.#wins, this.#losses) >= ALARM;
  }

  result(): ComparisonResult {
    const n = this.#n;
    const share = (right: number): number => (n === 0 ? 0 : right / n);
    const midP = mcnemarMidP(this.#wins, this.#losses);
    return Object.freeze({
      n,
      accuracyA: share(this.#rightA),
      accuracyB: share(this.#rightB),
      delta: share(this.#rightB - this.#rightA),
      interval: pairedInterval([...this.#clusters.values()]),
      wins: this.#wins,
      losses: this.#losses,
      midP,
      eValue: eValue(this.#wins, this.#losses),
      verdict: this.#verdict(midP),
    });
  }

  #verdict(midP: number): Verdict {
    if (this.#wins + this.#losses < FEWEST_DISCORDANT) return 'insufficient';
    if (midP >= SIGNIFICANT) return 'no difference shown';
    return this.#wins > this.#losses ? 'b is better' : 'a is better';
  }
}
