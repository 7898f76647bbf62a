import type { Example } from '../example.ts';
import { findFormat } from './find-format.ts';
import type { FormattedExamples } from './format.ts';

/** About 6,000 tokens of English. */
export const DEFAULT_BUDGET_CHARS = 24_000;

const NOTHING: FormattedExamples = Object.freeze({ block: null, turns: Object.freeze([]) });

/**
 * Writes examples for a prompt. What does not fit the budget (characters, markup included) is left out whole; an
 * example is never cut. Throws SqlError 22023 where the format is unknown.
 */
export function formatExamples(
  format: string,
  examples: readonly Example[],
  budgetChars: number = DEFAULT_BUDGET_CHARS,
): FormattedExamples {
  const fitting = fittingExamples(format, examples, budgetChars);
  return fitting.length === 0 ? NOTHING : Object.freeze(findFormat(format).write(fitting));
}

/** The examples that `formatExamples` writes, in their order: the list itself where all fit. */
export function fittingExamples(
  format: string,
  examples: readonly Example[],
  budgetChars: number = DEFAULT_BUDGET_CHARS,
): readonly Example[] {
  const { write } = findFormat(format);
  if (lengthOf(write(examples)) <= budgetChars) return examples;
  const fitting: Example[] = [];
  for (const example of examples) {
    if (lengthOf(write([...fitting, example])) <= budgetChars) fitting.push(example);
  }
  return Object.freeze(fitting);
}

function lengthOf(formatted: FormattedExamples): number {
  return formatted.turns.reduce((sum, turn) => sum + turn.content.length, formatted.block?.length ?? 0);
}
