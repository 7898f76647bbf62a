import type { DuckDBVector } from '@duckdb/node-api';
import type { AnswerBook } from '../../operators/evaluation/answer-book.ts';
import { ABSENT, READY } from '../../operators/evaluation/answer-table.ts';
import { HIT } from '../../operators/evaluation/answer-use.ts';
import type { Asking } from '../../operators/evaluation/asking.ts';
import type { ArgumentReader } from './argument-reader.ts';
import type { StatementProbe } from './statement-probe.ts';

/** A missing answer in a statement that changes data; the statement is undone and its answers are had first. */
export const MISSING_ANSWER = 'rvbbit: an answer is missing';

export type WriteAnswer = (out: DuckDBVector, row: number, value: unknown) => void;

/** One semantic function as DuckDB calls it. */
export interface FunctionVariant {
  /** The operator's name. */
  readonly name: string;
  /** Arguments, from the first on, that make the answer NULL where they are NULL. */
  readonly required: number;
  /** Gives whether the answer is known, instead of the answer. */
  readonly givesKnown: boolean;
  /** Leaves a missing answer missing. */
  readonly peeks: boolean;
  readonly write: WriteAnswer;
}

/**
 * The work of a semantic function on one chunk: look each answer up, write it; on a miss write NULL and ask. Returns
 * an error message where a missing answer is an error.
 */
export function answerChunk(
  variant: FunctionVariant,
  probe: StatementProbe,
  args: ArgumentReader,
  out: DuckDBVector,
): string | null {
  const { evaluation } = probe;
  probe.called = true;
  const book = evaluation?.book(variant.name);
  const strict = probe.strict && !variant.peeks;
  if (evaluation === null || book === undefined) {
    for (let row = 0; row < args.rows; row += 1) variant.write(out, row, variant.givesKnown ? false : null);
    return strict ? MISSING_ANSWER : null;
  }
  const missed = writeAnswers(variant, book, evaluation, args, out);
  return missed && strict ? MISSING_ANSWER : null;
}

/** The common case first: rows whose answer is known allocate nothing. */
function writeAnswers(
  { required, givesKnown, peeks, write }: FunctionVariant,
  book: AnswerBook,
  evaluation: Asking,
  args: ArgumentReader,
  out: DuckDBVector,
): boolean {
  const { table } = book;
  const { rows, mayHaveNull } = args;
  const slots = new Int32Array(rows);
  table.findAll(rows, args.hashes, args.strings, slots);
  const used = evaluation.using(book, peeks ? 0 : rows);
  if (!peeks) table.lookups += rows;
  let missed = false;
  for (let row = 0; row < rows; row += 1) {
    const slot = slots[row] as number;
    if (mayHaveNull && args.hasNull(row, required)) write(out, row, givesKnown ? true : null);
    else if (slot !== ABSENT && table.stateOf(slot) === READY) {
      if (!peeks) used[slot] = (used[slot] as number) | HIT;
      write(out, row, givesKnown || table.valueOf(slot));
    } else {
      const asked = peeks || slot !== ABSENT ? slot : slotOf(book, args, row);
      const final = peeks
        ? evaluation.gaveUp(book, asked)
        : evaluation.miss(book, asked, () => args.texts(row));
      write(out, row, givesKnown ? final : final ? evaluation.standIn(book, asked) : null);
      if (!final) missed = true;
    }
  }
  return missed;
}

/** The slot of a row that the table did not know when the chunk began. */
function slotOf({ table }: AnswerBook, args: ArgumentReader, row: number): number {
  const low = args.hashes[row * 2] as number;
  const high = args.hashes[row * 2 + 1] as number;
  const length = args.strings[row * 4] as number;
  const prefix = args.strings[row * 4 + 1] as number;
  // An earlier row of the same chunk may have added it.
  const known = table.find(low, high, length, prefix);
  return known === ABSENT ? table.add(low, high, length, prefix) : known;
}
