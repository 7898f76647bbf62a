import type { AnswerBook, Arguments } from './answer-book.ts';

/** What the semantic functions of a running statement look answers up in, and tell what they miss. */
export interface Asking {
  /** Undefined where the operator was not prepared: its rows are missed. */
  book(name: string): AnswerBook | undefined;
  /**
   * Counts rows that ask for an answer, and gives a byte for each slot of the book's table: the function marks those
   * HIT whose answer it found.
   */
  using(book: AnswerBook, rows: number): Uint8Array;
  /** A row whose slot is not READY. Returns true where the statement goes on with the stand-in for it. */
  miss(book: AnswerBook, slot: number, args: () => Arguments): boolean;
  /** Whether the call of this slot failed and the statement goes on with the stand-in for it. */
  gaveUp(book: AnswerBook, slot: number): boolean;
  /** Whether the statement goes on with the stand-in for this slot. */
  gaveUp(book: AnswerBook, slot: number): boolean;
  /** Written where there is no answer. */
  standIn(name: string): unknown;
}
