import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnswerBook, Arguments } from './answer-book.ts';
import type { Answers } from './answers.ts';
import type { Asked, Wanted } from './asked.ts';
import { findFresh, lifetimeOf } from './known-answers.ts';
import { logReadingOf } from './log-reading.ts';
import type { StatementScope } from './statement-scope.ts';

/** Calls made without letting others have their turn. */
const CALLS_A_TURN = 128;

export interface LookedUp {
  readonly found: readonly { readonly want: Wanted; readonly value: unknown }[];
  readonly missing: readonly Wanted[];
}

/**
 * Looks the answers of a batch up in the log, as `rvbbit.reuse_answers` allows. Questions whose answer is there, but
 * was given under other examples than a call would be shown now, are counted in `newExamples` of their operator.
 */
export async function lookUp(
  answers: Answers,
  scope: StatementScope,
  batch: readonly Asked[],
): Promise<LookedUp> {
  await prepareBooks(batch);
  const wanted = await callsOf(batch);
  const { reuseAnswers } = scope.settings;
  if (reuseAnswers === 'none') return { found: [], missing: wanted };
  const log = logReadingOf(scope);
  const calls = wanted.map(({ call }) => call);
  const known = await log.read(() => findFresh(answers, calls));
  const missing = wanted.filter(({ call }) => !known.has(call.answerKey));
  const others = await log.read(() => otherExamples(answers, missing));
  for (const { use, call } of missing) if (others.has(questionOf(call.answerKey))) use.newExamples += 1;
  const valueOf = ({ call }: Wanted): { readonly value: unknown } | undefined => {
    if (known.has(call.answerKey)) return { value: known.get(call.answerKey) };
    const question = questionOf(call.answerKey);
    return reuseAnswers === 'any' && others.has(question) ? { value: others.get(question) } : undefined;
  };
  return split(wanted, valueOf);
}

/** Lets others have their turn in between: a batch takes some hundred milliseconds of a slow machine. */
async function callsOf(batch: readonly Asked[]): Promise<readonly Wanted[]> {
  const wanted: Wanted[] = [];
  for (const asked of batch) {
    wanted.push({ ...asked, call: asked.use.book.call(asked.args) });
    if (wanted.length % CALLS_A_TURN === 0) await nextTurn();
  }
  return wanted;
}

function split(
  wanted: readonly Wanted[],
  valueOf: (want: Wanted) => { readonly value: unknown } | undefined,
): LookedUp {
  const found: { want: Wanted; value: unknown }[] = [];
  const missing: Wanted[] = [];
  for (const want of wanted) {
    const known = valueOf(want);
    if (known === undefined) missing.push(want);
    else found.push({ want, value: known.value });
  }
  return { found, missing };
}

/** Answers of the same questions, by question; only for cascades that learn, for no others have examples. */
async function otherExamples(
  answers: Answers,
  missing: readonly Wanted[],
): Promise<ReadonlyMap<string, unknown>> {
  const learning = missing.filter(
    ({ call }) => call.examples.size > 0 && lifetimeOf(call.cascade) === Infinity,
  );
  return answers.findByQuestion([...new Set(learning.map(({ call }) => questionOf(call.answerKey)))]);
}

function questionOf(answerKey: string): string {
  return answerKey.slice(0, answerKey.indexOf('.'));
}

async function prepareBooks(batch: readonly Asked[]): Promise<void> {
  const books = new Map<AnswerBook, Arguments[]>();
  for (const { use, args } of batch) {
    const rows = books.get(use.book);
    if (rows === undefined) books.set(use.book, [args]);
    else rows.push(args);
  }
  for (const [book, rows] of books) await book.prepare?.(rows);
}
