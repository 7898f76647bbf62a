import type { Inputs } from '../training.ts';

/** Says how much speaks for an output of a cell, in whole steps from 0 to `levels`. */
export interface OutputJudge {
  /** Written into the mark as who made it. */
  readonly name: string;
  readonly levels: number;
  /** Throws SqlError. */
  score(inputs: Inputs, output: string): Promise<number>;
  /** What the cell answers to these inputs now, without examples, and its score. Throws SqlError. */
  fresh(inputs: Inputs): Promise<{ readonly output: string; readonly score: number }>;
}
