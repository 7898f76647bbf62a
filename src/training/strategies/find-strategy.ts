import { SqlError } from '../../errors.ts';
import { highConfidence } from './high-confidence.ts';
import { random } from './random.ts';
import { recent } from './recent.ts';
import { semantic } from './semantic.ts';
import type { Strategy } from './strategy.ts';

const STRATEGIES: readonly Strategy[] = Object.freeze([recent, highConfidence, random, semantic]);

export function strategyNames(): readonly string[] {
  return STRATEGIES.map((strategy) => strategy.name);
}

/** Throws SqlError 22023 that lists the names. */
export function findStrategy(name: string): Strategy {
  const strategy = STRATEGIES.find((one) => one.name === name);
  if (strategy !== undefined) return strategy;
  throw new SqlError('22023', `no training strategy is named "${name}"`, {
    hint: `There are: ${strategyNames().join(', ')}.`,
  });
}
