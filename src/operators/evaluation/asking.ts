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
  /** Whether the statement goes on with the stand-in for this slot. */
  gaveUp(book: AnswerBook, slot: number): boolean;
  /** The answer in the place of one that there is not. */
  standIn(book: AnswerBook, slot: number): unknown;
}

/** What the passes of a statement go by. */
export interface PassAsking extends Asking {
  /** Rows of the pass at hand whose answer was not there. */
  readonly misses: number;
  /** Answers that the statement asked for, because memory did not have them. */
  readonly judged: number;
  /** Answers that are still waited for. */
  readonly waiting: number;
  /** No more pairs of this operator may be asked about than `rvbbit.max_pairs`: the others are ruled out otherwise. */
  limitPairs(operator: string): void;
  /** So many answers of this operator, at most, were found without asking its function. */
  lookedUp(operator: string, answers: number): void;
  beginPass(): void;
  /** Resolves when everything asked for is answered. Rejects with the first failure. */
  settled(): Promise<void>;
  /** Resolves when one more answer is there than when the last pass began, or nothing is waited for. */
  progressed(): Promise<void>;
}
