import { cholesky, choleskySolve } from './cholesky.ts';

/** What a regularised logistic classifier in dual form is fitted on; all arrays have one entry an example. */
export interface LogisticProblem {
  /** Inner products of the examples, prior variance included. Symmetric, positive semidefinite. */
  readonly kernel: readonly Float64Array[];
  /** 0..1 */
  readonly targets: Float64Array;
  /** ≥ 0: how many examples each one counts as. */
  readonly weights: Float64Array;
  /** Log odds before any example was seen. */
  readonly prior: Float64Array;
}

const STEPS = 25;
const HALVINGS = 8;
const CLOSE = 1e-6;

/**
 * Coefficients a of the most probable log odds, prior + Σ aᵢ·kernel(·, i): Newton's method on the Gaussian process's
 * posterior, each step halved until it improves (Rasmussen and Williams, Gaussian Processes, algorithm 3.1).
 */
export function fitKernelLogistic(problem: LogisticProblem): Float64Array {
  let best: Float64Array = new Float64Array(problem.targets.length);
  let height = posterior(problem, best);
  for (let step = 0; step < STEPS; step++) {
    const goal = goalFrom(problem, best);
    const next = improvement(problem, best, goal, height);
    if (next === null || next.height - height < CLOSE) return next?.at ?? best;
    ({ at: best, height } = next);
  }
  return best;
}

export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function goalFrom({ kernel, targets, weights, prior }: LogisticProblem, at: Float64Array): Float64Array {
  const shift = times(kernel, at);
  const chances = shift.map((value, i) => logistic(value + (prior[i] as number)));
  return newtonGoal(kernel, targets, weights, shift, chances);
}

/** Where a whole Newton step leads to from log odds that the coefficients have moved by `shift`. */
export function newtonGoal(
  kernel: readonly Float64Array[],
  targets: Float64Array,
  weights: Float64Array,
  shift: Float64Array,
  chances: Float64Array,
): Float64Array {
  const roots = chances.map((p, i) => Math.sqrt(Math.max(p * (1 - p), 1e-9) * (weights[i] as number)));
  const pull = shift.map(
    (value, i) =>
      (roots[i] as number) ** 2 * value +
      (weights[i] as number) * ((targets[i] as number) - (chances[i] as number)),
  );
  const system = kernel.map((row, i) =>
    row.map((value, j) => (roots[i] as number) * value * (roots[j] as number) + (i === j ? 1 : 0)),
  );
  const right = times(kernel, pull).map((value, i) => (roots[i] as number) * value);
  const solved = choleskySolve(cholesky(system), right);
  return pull.map((value, i) => value - (roots[i] as number) * (solved[i] as number));
}

function improvement(
  problem: LogisticProblem,
  from: Float64Array,
  goal: Float64Array,
  height: number,
): { at: Float64Array; height: number } | null {
  for (let part = 1, tries = 0; tries < HALVINGS; part /= 2, tries++) {
    const at = from.map((value, i) => value + part * ((goal[i] as number) - value));
    const reached = posterior(problem, at);
    if (reached > height) return { at, height: reached };
  }
  return null;
}

/** Log likelihood of the targets less half the squared norm: what the fit makes as large as it can. */
function posterior({ kernel, targets, weights, prior }: LogisticProblem, at: Float64Array): number {
  const shift = times(kernel, at);
  let sum = 0;
  for (let i = 0; i < at.length; i++) {
    const odds = (shift[i] as number) + (prior[i] as number);
    const likelihood =
      (targets[i] as number) * odds - Math.max(odds, 0) - Math.log1p(Math.exp(-Math.abs(odds)));
    sum += (weights[i] as number) * likelihood - ((at[i] as number) * (shift[i] as number)) / 2;
  }
  return sum;
}

export function times(matrix: readonly Float64Array[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => {
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += (row[j] as number) * (vector[j] as number);
    return sum;
  });
}
