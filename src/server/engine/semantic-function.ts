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

/** The common case first: rows whose answer is known allocate nothing. */
function writeAnswers(
  book: AnswerBook,
  evaluation: Evaluation,
  required: number,
  args: ArgumentReader,
  out: DuckDBVector,
  write: WriteAnswer,
): boolean {
  const { table } = book;
  const { rows, mayHaveNull } = args;
  const slots = new Int32Array(rows);
  table.findAll(rows, args.hashes, args.strings, slots);
  let missed = false;
  for (let row = 0; row < rows; row += 1) {
    const slot = slots[row] as number;
    if (mayHaveNull && args.hasNull(row, required)) write(out, row, null);
    else if (slot !== ABSENT && table.stateOf(slot) === READY) write(out, row, table.valueOf(slot));
    else {
      write(out, row, null);
      if (!missRow(book, evaluation, args, row)) missed = true;
    }
  }
  return missed;
}

function missRow(book: AnswerBook, evaluation: Evaluation, args: ArgumentReader, row: number): boolean {
  const { table } = book;
  const low = args.hashes[row * 2] as number;
  const high = args.hashes[row * 2 + 1] as number;
  const length = args.strings[row * 4] as number;
  const prefix = args.strings[row * 4 + 1] as number;
  // An earlier row of the same chunk may have added it.
  const known = table.find(low, high, length, prefix);
  const slot = known === ABSENT ? table.add(low, high, length, prefix) : known;
  return evaluation.miss(book, slot, () => args.texts(row));
}
