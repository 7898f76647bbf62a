import type { Cascade } from '../cascade/cascade.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import { logReadingOf } from './log-reading.ts';
import type { StatementScope } from './statement-scope.ts';

/** Keys looked up in the log in one query. */
export const LOOKUP_BATCH = 4096;

/** The answers that the log holds. */
export interface AnswerLog {
  find(
    keys: readonly string[],
    fresh: (answerKey: string, madeAt: number) => boolean,
  ): Promise<ReadonlyMap<string, unknown>>;
}

/** Milliseconds for which an answer of a cascade may be taken again. */
export function lifetimeOf({
  sqlFunction,
  readsTables,
}: Pick<Cascade, 'sqlFunction' | 'readsTables'>): number {
  const kept = sqlFunction?.cache ?? (readsTables !== true || sqlFunction?.ttlMs !== undefined);
  return kept ? (sqlFunction?.ttlMs ?? Infinity) : 0;
}

/** Values by answer key, of the calls whose answer is in the log and not older than its cascade allows. */
export async function findFresh(
  answers: AnswerLog,
  calls: readonly CascadeCall[],
): Promise<ReadonlyMap<string, unknown>> {
  const lifetimes = new Map(calls.map(({ answerKey, cascade }) => [answerKey, lifetimeOf(cascade)]));
  const keys = [...lifetimes].filter(([, lifetime]) => lifetime > 0).map(([key]) => key);
  const now = Date.now();
  const known = new Map<string, unknown>();
  for (let from = 0; from < keys.length; from += LOOKUP_BATCH) {
    const found = await answers.find(keys.slice(from, from + LOOKUP_BATCH), (key, madeAt) => {
      const lifetime = lifetimes.get(key) ?? 0;
      return lifetime === Infinity || now - madeAt < lifetime;
    });
    for (const [key, value] of found) known.set(key, value);
  }
  return known;
}

/** The same, as `rvbbit.reuse_answers` allows. */
export async function findKnown(
  answers: AnswerLog,
  calls: readonly CascadeCall[],
  scope: StatementScope,
): Promise<ReadonlyMap<string, unknown>> {
  if (scope.settings.reuseAnswers === 'none') return new Map();
  return logReadingOf(scope).read(() => findFresh(answers, calls));
}
