import type { Answers } from '../evaluation/answers.ts';
import { findKnown } from '../evaluation/known-answers.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';

/** Offered to the scheduler at once: it bounds what is under way, and packs what goes together. */
const WINDOW = 1024;

/** The answers of calls, in their order: those that the log knows, the others asked. Rejects with the first failure. */
export async function answerCalls(
  answers: Answers,
  calls: readonly CascadeCall[],
  scope: StatementScope,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const known = await findKnown(answers, calls, scope);
  const values: unknown[] = [];
  for (let from = 0; from < calls.length; from += WINDOW) {
    signal.throwIfAborted();
    const part = calls.slice(from, from + WINDOW).map(async (call) => {
      if (known.has(call.answerKey)) return known.get(call.answerKey);
      return (await answers.compute(call, scope, signal)).value;
    });
    values.push(...(await Promise.all(part)));
  }
  return values;
}
