import type { OperatorSet } from '../cascade/operator-set.ts';
import type { Answers } from './answers.ts';
import { Evaluation } from './evaluation.ts';
import type { StatementScope } from './statement-scope.ts';

/** Opens the evaluation of a statement; one a process. */
export class Evaluations {
  constructor(
    private readonly answers: Answers,
    private readonly operators: () => OperatorSet,
    /** Most calls in flight of the scheduler; a statement offers it twice as many, so no slot idles. */
    private readonly concurrency: number,
  ) {}

  open(scope: StatementScope): Evaluation {
    return new Evaluation(this.answers, this.operators(), scope, this.concurrency * 2);
  }
}
