import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SparseVector } from './text-features.ts';

/** One text to learn from. */
export interface SparseExample {
  readonly features: SparseVector;
  /** 0..1 */
  readonly target: number;
  /** How many examples it counts as. */
  readonly weight: number;
  /** Log odds before any example was seen. */
  readonly prior: number;
}

const STEPS = 12;
const INNER_STEPS = 30;
const CLOSE = 1e-3;
const DONE = 1e-6;

/**
 * Weights of the most probable log odds, prior + w·features, where the weights have unit variance: Newton's method, each
 * step by conjugate gradients. Others get their turn between the inner steps.
 */
export async function fitSparseLogistic(
  examples: readonly SparseExample[],
  dimensions: number,
): Promise<Float64Array> {
  const weights = new Float64Array(dimensions);
  for (let step = 0; step < STEPS; step += 1) {
    const { gradient, curvature } = slopes(examples, weights);
    const move = await newtonMove(examples, gradient, curvature);
    if (move === null) break;
    for (let at = 0; at < dimensions; at += 1) weights[at] = (weights[at] as number) + (move[at] as number);
  }
  return weights;
}

/** Σ weightᵢ·featureᵢ */
export function sparseDot({ indexes, values }: SparseVector, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < indexes.length; at += 1)
    sum += (weights[indexes[at] as number] as number) * (values[at] as number);
  return sum;
}

function slopes(
  examples: readonly SparseExample[],
  weights: Float64Array,
): { readonly gradient: Float64Array; readonly curvature: Float64Array } {
  const gradient = weights.map((weight) => -weight);
  const curvature = new Float64Array(examples.length);
  for (const [at, { features, target, weight, prior }] of examples.entries()) {
    const chance = 1 / (1 + Math.exp(-prior - sparseDot(features, weights)));
    curvature[at] = weight * Math.max(chance * (1 - chance), DONE);
    add(gradient, features, weight * (target - chance));
  }
  return { gradient, curvature };
}

/** Solves (I + Xᵀ·diag(curvature)·X)·move = gradient; null where the gradient is nothing. */
async function newtonMove(
  examples: readonly SparseExample[],
  gradient: Float64Array,
  curvature: Float64Array,
): Promise<Float64Array | null> {
  const start = square(gradient);
  if (start < DONE) return null;
  const move = new Float64Array(gradient.length);
  const rest = gradient.slice();
  const direction = gradient.slice();
  let left = start;
  for (let inner = 0; inner < INNER_STEPS && left > CLOSE * start; inner += 1) {
    await nextTurn();
    const image = direction.slice();
    for (const [at, { features }] of examples.entries())
      add(image, features, (curvature[at] as number) * sparseDot(features, direction));
    const length = left / product(direction, image);
    for (let at = 0; at < move.length; at += 1) {
      move[at] = (move[at] as number) + length * (direction[at] as number);
      rest[at] = (rest[at] as number) - length * (image[at] as number);
    }
    const now = square(rest);
    for (let at = 0; at < move.length; at += 1)
      direction[at] = (rest[at] as number) + (now / left) * (direction[at] as number);
    left = now;
  }
  return move;
}

function add(sum: Float64Array, { indexes, values }: SparseVector, times: number): void {
  for (let at = 0; at < indexes.length; at += 1) {
    const index = indexes[at] as number;
    sum[index] = (sum[index] as number) + times * (values[at] as number);
  }
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

function square(a: Float64Array): number {
  return product(a, a);
}
