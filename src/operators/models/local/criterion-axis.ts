import { dot } from '../vectors.ts';
import { type ConceptSpace, fit } from './concept-space.ts';
import type { Cue } from './cues.ts';
import { weightedSum } from './weighted-sum.ts';

/** A direction along which texts are measured against one criterion, with the scale of ordinary texts on it. */
export interface CriterionAxis {
  readonly direction: Float32Array;
  readonly mean: number;
  readonly deviation: number;
  /** 0..1: how well the concepts cover the criterion. */
  readonly coverage: number;
  /** Of the concept that fits best; it has as much of the say as the concept covers. */
  readonly cue: Cue | null;
}

/** Cosines between which a concept's name goes from unrelated to the same. */
const UNRELATED = 0.5;
const SAME = 0.9;
/** How much a concept's axis weighs beside the criterion's own vector. */
const CONCEPT_WEIGHT = 2;
/** Share of the say that concepts less fitting than the best one keep. */
const RUNNER_UP = 0.3;

/** The criterion's own vector, bent towards the axes of the concepts that it is close to. */
export function criterionAxis(space: ConceptSpace, criterion: Float32Array): CriterionAxis {
  const shares = conceptShares(space, criterion);
  const coverage = Math.min(1, Math.max(0, ...shares));
  const total = Math.max(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  );
  const direction = weightedSum(
    [criterion, ...space.concepts.map(({ axis }) => axis)],
    [1, ...shares.map((share) => (CONCEPT_WEIGHT * share) / total)],
  );
  const best = space.concepts[shares.indexOf(Math.max(...shares))];
  const cue = coverage > 0 ? (best?.cue ?? null) : null;
  return { direction, coverage, cue, ...spread(space.background.map((vector) => dot(vector, direction))) };
}

/** Standard deviations by which the text stands out from ordinary texts. */
export function standing({ direction, mean, deviation }: CriterionAxis, text: Float32Array): number {
  return (dot(text, direction) - mean) / deviation;
}

function conceptShares(space: ConceptSpace, criterion: Float32Array): readonly number[] {
  const fits = space.concepts.map((concept) => (fit(concept, criterion) - UNRELATED) / (SAME - UNRELATED));
  const clipped = fits.map((value) => Math.min(1, Math.max(0, value)));
  const best = Math.max(...clipped);
  if (best === 0) return clipped;
  const first = clipped.indexOf(best);
  return clipped.map((value, at) => (at === first ? value : RUNNER_UP * value * (value / best) ** 2));
}

function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
