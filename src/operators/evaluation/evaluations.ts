import type { SqlFunction } from '../cascade/cascade.ts';
import type { OperatorSet } from '../cascade/operator-set.ts';
import type { CallEstimator } from '../runner/estimate/call-estimator.ts';
import type { Embedder } from '../models/embedder.ts';
import { ShippedEmbedder } from '../models/local/shipped-embedder.ts';
import type { Answers } from './answers.ts';
import { Evaluation } from './evaluation.ts';
import { Estimation } from './explain/estimation.ts';
import { explainEstimation } from './explain/explain-estimation.ts';
import type { CallLimits } from './explain/explain-estimation.ts';
import type { SemanticExplanation } from './explain/explanation.ts';
import { StatementsInFlight } from './progress/statements-in-flight.ts';
import { logReadingOf } from './log-reading.ts';
import { ProxyModel } from './proxy/proxy-model.ts';
import type { StatementScope } from './statement-scope.ts';

export interface EvaluationsParts {
  readonly answers: Answers;
  readonly operators: () => OperatorSet;
  readonly estimator: CallEstimator;
  readonly limits: CallLimits;
  /** The shipped one where it is left out. */
  readonly embedder?: Embedder;
}

/** Opens the evaluation of a statement; one a process. */
export class Evaluations {
  readonly inFlight = new StatementsInFlight();
  readonly #proxyModel: ProxyModel;

  constructor(private readonly parts: EvaluationsParts) {
    this.#proxyModel = new ProxyModel(parts.embedder ?? new ShippedEmbedder());
  }

  /** Functions that are no cascades. */
  get functions(): readonly SqlFunction[] {
    return this.parts.answers.functions.map(({ sql }) => sql);
  }

  open(scope: StatementScope): Evaluation {
    const { answers, limits } = this.parts;
    const operators = this.parts.operators();
    // Twice as many as may be in flight, so that no slot idles.
    const window = limits.concurrency * 2 * rowsARequest(operators, scope);
    const paying = { ...scope, budget: answers.budget(scope), logReading: logReadingOf(scope) };
    const proxy = scope.settings.recall < 1 ? this.#proxyModel : null;
    const evaluation: Evaluation = new Evaluation(answers, operators, paying, window, () => leave(), proxy);
    const leave = this.inFlight.enter(() => evaluation.progress);
    return evaluation;
  }

  /** Goes through a statement without a call. */
  estimate(scope: StatementScope): Estimation {
    const operators = this.parts.operators();
    const reading = { ...scope, logReading: logReadingOf(scope) };
    return new Estimation(this.parts.answers, operators, reading, async (name) => {
      const operator = operators.operators.get(name);
      return operator === undefined ? null : this.parts.estimator.trueShare(operator, scope);
    });
  }

  /** What a statement will take that was gone through. */
  explain(estimation: Estimation, scope: StatementScope): Promise<SemanticExplanation> {
    return explainEstimation(estimation, this.parts.estimator, this.parts.limits, scope);
  }
}

/** Most rows that go into one request. */
function rowsARequest({ cascades }: OperatorSet, { settings }: StatementScope): number {
  if (settings.batchSize !== null) return settings.batchSize;
  const cells = [...cascades.values()].flatMap((cascade) => cascade.cells);
  return cells.reduce((most, { batch }) => Math.max(most, batch?.maxItems ?? 1), 1);
}
