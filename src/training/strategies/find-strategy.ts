import { SqlError } from '../../errors.ts';
import { highConfidence } from './high-confidence.ts';
import { random } from './random.ts';
import { recent } from './recent.ts';
import { semantic } from './semantic.ts';
import type { Strategy } from './strategy.ts';

const SHIPPED: readonly Strategy[] = Object.freeze([recent, highConfidence, random, semantic]);

/** The strategies by name: the shipped ones, and a user's own, which win by name. */
export class Strategies {
  readonly #byName: ReadonlyMap<string, Strategy>;

  constructor(own: readonly Strategy[] = []) {
    this.#byName = new Map([...SHIPPED, ...own].map((strategy) => [strategy.name, strategy]));
  }

  names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** Throws SqlError 22023 that lists the names. */
  find(name: string): Strategy {
    const strategy = this.#byName.get(name);
    if (strategy !== undefined) return strategy;
    throw new SqlError('22023', `no training strategy is named "${name}"`, {
      hint: `There are: ${this.names().join(', ')}.`,
    });
  }
}

export const SHIPPED_STRATEGIES = new Strategies();
