import type { Cell, Takes } from '../cascade/cascade.ts';
import type { SemanticSettings } from '../evaluation/statement-scope.ts';

const SAMPLING_TEMPERATURE = 0.7;

/**
 * The samples of a cell: its own, else as many as the session asks for, of which scores give their median and all
 * other answers are voted on. null asks once.
 */
export function takesOf(cell: Cell, { takes }: Pick<SemanticSettings, 'takes'>): Takes | null {
  if (cell.takes !== null || takes === null || takes < 2) return cell.takes;
  return { count: takes, reduce: cell.kind === 'score' ? 'median' : 'vote', evaluator: null };
}

/** At no temperature all samples would be the same; where only the session asks for several, the cell's gives way. */
export function temperatureOf(cell: Cell, settings: Pick<SemanticSettings, 'takes'>): number | null {
  const sampled = takesOf(cell, settings) !== cell.takes;
  return sampled && cell.temperature === 0 ? SAMPLING_TEMPERATURE : cell.temperature;
}
