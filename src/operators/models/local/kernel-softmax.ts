import { newtonGoal, times } from './kernel-logistic.ts';

/** What a regularised classifier over several classes is fitted on, in dual form; arrays have one entry an example. */
export interface SoftmaxProblem {
  /** Inner products of the examples, prior variance included. Symmetric, positive semidefinite. */
  readonly kernel: readonly Float64Array[];
  readonly classes: readonly {
    /** 1 where the example is of the class, otherwise 0. */
    readonly targets: Float64Array;
    /** Log odds before any example was seen. */
    readonly prior: Float64Array;
  }[];
  /** ≥ 0: how many examples each one counts as. */
  readonly weights: Float64Array;
}

interface Fit {
  readonly coefficients: readonly Float64Array[];
  readonly shifts: readonly Float64Array[];
  readonly chances: readonly Float64Array[];
  readonly height: number;
}

const STEPS = 30;
const HALVINGS = 8;
const CLOSE = 1e-5;

/**
 * Coefficients of each class's most probable log odds, prior + Σ aᵢ·kernel(·, i), of which the softmax is the chance: steps of
 * Newton's method within each class, all taken at once and halved until they improve.
 */
export function fitKernelSoftmax(problem: SoftmaxProblem): readonly Float64Array[] {
  let best = fitAt(
    problem,
    problem.classes.map(({ targets }) => new Float64Array(targets.length)),
  );
  for (let step = 0; step < STEPS; step++) {
    const next = improvement(problem, best);
    if (next === null) break;
    const gained = next.height - best.height;
    best = next;
    if (gained < CLOSE) break;
  }
  return best.coefficients;
}

function improvement(problem: SoftmaxProblem, from: Fit): Fit | null {
  const { kernel, weights, classes } = problem;
  const goals = classes.map(({ targets }, at) =>
    newtonGoal(kernel, targets, weights, from.shifts[at] as Float64Array, from.chances[at] as Float64Array),
  );
  for (let part = 1, tries = 0; tries < HALVINGS; part /= 2, tries++) {
    const next = fitAt(
      problem,
      from.coefficients.map((old, at) =>
        old.map((value, i) => value + part * ((goals[at]?.[i] as number) - value)),
      ),
    );
    if (next.height > from.height) return next;
  }
  return null;
}

function fitAt({ kernel, classes, weights }: SoftmaxProblem, coefficients: readonly Float64Array[]): Fit {
  const shifts = coefficients.map((ofClass) => times(kernel, ofClass));
  const odds = classes.map(({ prior }, at) => prior.map((value, i) => value + (shifts[at]?.[i] as number)));
  const totals = weights.map((_, i) => logSumExp(odds.map((ofClass) => ofClass[i] as number)));
  let height = 0;
  for (const [at, { targets }] of classes.entries()) {
    for (const [i, target] of targets.entries()) {
      const likelihood = target * ((odds[at]?.[i] as number) - (totals[i] as number));
      const size = (coefficients[at]?.[i] as number) * (shifts[at]?.[i] as number);
      height += (weights[i] as number) * likelihood - size / 2;
    }
  }
  const chances = odds.map((ofClass) => ofClass.map((value, i) => Math.exp(value - (totals[i] as number))));
  return { coefficients, shifts, chances, height };
}

function logSumExp(values: readonly number[]): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
}
