import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { Arguments } from './answer-book.ts';
import type { AnswerUse } from './answer-use.ts';

/** A row that was missed. */
export interface Asked {
  readonly use: AnswerUse;
  readonly slot: number;
  readonly args: Arguments;
  /** Told when it is answered or given up. */
  readonly done?: () => void;
}

/** An answer that memory does not have, as a call. */
export interface Wanted extends Asked {
  readonly call: CascadeCall;
}
