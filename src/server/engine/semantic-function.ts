import type { DuckDBVector } from '@duckdb/node-api';
import type { AnswerBook } from '../../operators/evaluation/answer-book.ts';
import { ABSENT, READY } from '../../operators/evaluation/answer-table.ts';
import type { Evaluation } from '../../operators/evaluation/evaluation.ts';
import type { ArgumentReader } from './argument-reader.ts';
import type { StatementProbe } from './statement-probe.ts';

/** A missing answer in a statement that changes data; the statement is undone and its answers are had first. */
export const MISSING_ANSWER = 'rvbbit: an answer is missing';

export type WriteAnswer = (out: DuckDBVector, row: number, value: unknown) => void;

/**
 * The work of a semantic function on one chunk: look each answer up, write it; on a miss write NULL and ask. Returns
 * an error message where a missing answer is an error.
 */
export function answerChunk(
  name: string,
  required: number,
  probe: StatementProbe,
  args: ArgumentReader,
  out: DuckDBVector,
  write: WriteAnswer,
): string | null {
  const { evaluation } = probe;
  const book = evaluation?.book(name);
  if (evaluation === null || book === undefined) {
    for (let row = 0; row < args.rows; row += 1) write(out, row, null);
    return probe.strict ? MISSING_ANSWER : null;
  }
  const missed = writeAnswers(book, evaluation, required, args, out, write);
  return missed && probe.strict ? MISSING_ANSWER : null;
}

function writeAnswers(
  book: AnswerBook,
  evaluation: Evaluation,
  required: number,
  args: ArgumentReader,
  out: DuckDBVector,
  write: WriteAnswer,
): boolean {
  const { table } = book;
  const checkNulls = args.mayHaveNull;
  let missed = false;
  for (let row = 0; row < args.rows; row += 1) {
    if (checkNulls && args.hasNull(row, required)) {
      write(out, row, null);
      continue;
    }
    const low = args.hashLow(row);
    const high = args.hashHigh(row);
    const length = args.length(row);
    const prefix = args.prefix(row);
    let slot = table.find(low, high, length, prefix);
    if (slot !== ABSENT && table.stateOf(slot) === READY) {
      write(out, row, table.valueOf(slot));
      continue;
    }
    if (slot === ABSENT) slot = table.add(low, high, length, prefix);
    write(out, row, null);
    if (!evaluation.miss(book, slot, () => args.texts(row))) missed = true;
  }
  return missed;
}
