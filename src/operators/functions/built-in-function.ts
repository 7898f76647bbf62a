import type { SqlFunction } from '../cascade/cascade.ts';
import type { AnswerBook } from '../evaluation/answer-book.ts';

/** A function of the evaluation that is no cascade. */
export interface BuiltInFunction {
  readonly sql: SqlFunction;
  /** The answers of one statement. */
  book(): AnswerBook;
}
