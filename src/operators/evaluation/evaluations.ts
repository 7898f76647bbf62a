import type { OperatorSet } from '../cascade/operator-set.ts';
import type { Answers } from './answers.ts';
import { Evaluation } from './evaluation.ts';
import { StatementsInFlight } from './progress/statements-in-flight.ts';
import type { StatementScope } from './statement-scope.ts';

/** Opens the evaluation of a statement; one a process. */
export class Evaluations {
  readonly inFlight = new StatementsInFlight();

  constructor(
    private readonly answers: Answers,
    private readonly operators: () => OperatorSet,
    /** Most calls in flight of the scheduler; a statement offers it twice as many, so no slot idles. */
    private readonly concurrency: number,
  ) {}

  open(scope: StatementScope): Evaluation {
    const operators = this.operators();
    const window = this.concurrency * 2 * rowsARequest(operators, scope);
    const evaluation: Evaluation = new Evaluation(
      this.answers,
      operators,
      { ...scope, budget: this.answers.budget(scope) },
      window,
      () => leave(),
    );
    const leave = this.inFlight.enter(() => evaluation.progress);
    return evaluation;
  }
}

/** Most rows that go into one request. */
function rowsARequest({ cascades }: OperatorSet, { settings }: StatementScope): number {
  if (settings.batchSize !== null) return settings.batchSize;
  const cells = [...cascades.values()].flatMap((cascade) => cascade.cells);
  return cells.reduce((most, { batch }) => Math.max(most, batch?.maxItems ?? 1), 1);
}
