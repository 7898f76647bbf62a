import type { SemanticSettings } from '../statement-scope.ts';
import { tooManyPairs } from '../too-many-pairs.ts';

/** How many pairs of its joins a statement has asked about, where `rvbbit.max_pairs` bounds them. */
export class PairLimits {
  readonly #asked = new Map<string, number>();

  constructor(private readonly settings: SemanticSettings) {}

  add(operator: string): void {
    if (!this.#asked.has(operator)) this.#asked.set(operator, 0);
  }

  /** Most that may still be asked about. */
  mostOf(operator: string): number {
    const asked = this.#asked.get(operator);
    return asked === undefined ? Number.POSITIVE_INFINITY : this.settings.maxPairs - asked;
  }

  /** Throws SqlError 54000 where so many are too many. */
  check(operator: string, pairs: number, values = ''): void {
    const asked = this.#asked.get(operator);
    const { maxPairs, recall } = this.settings;
    if (asked === undefined || pairs <= maxPairs) return;
    const detail =
      asked === 0
        ? 'Nothing was asked and nothing was spent.'
        : `${asked} were asked about, and their answers are kept.`;
    throw tooManyPairs(operator, pairs, maxPairs, values, { detail, recall });
  }

  /** Counts pairs that are about to be asked about. Throws as `check` does. */
  ask(operator: string, pairs: number): void {
    const asked = this.#asked.get(operator);
    if (asked === undefined) return;
    this.check(operator, asked + pairs);
    this.#asked.set(operator, asked + pairs);
  }
}
