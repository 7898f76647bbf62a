import { dot, normalized } from '../vectors.ts';
import { mean } from './weighted-sum.ts';

const ROUNDS = 50;
/** Vectors that are no further than this from a start make no other one. */
const SAME = 1e-4;

/**
 * Parts unit vectors into at most `count` clusters by k-means on the sphere, from starts spread as far apart as they go: the
 * same vectors give the same clusters. Entry i is the cluster of vector i, numbered from 0.
 */
export function clusters(vectors: readonly Float32Array[], count: number): readonly number[] {
  let centers = spreadStarts(vectors, count);
  let assigned = vectors.map((vector) => closest(centers, vector));
  for (let round = 0; round < ROUNDS; round++) {
    centers = centers.map((center, at) => centerOf(vectors.filter((_, i) => assigned[i] === at)) ?? center);
    const next = vectors.map((vector) => closest(centers, vector));
    if (next.every((value, i) => value === assigned[i])) break;
    assigned = next;
  }
  return assigned;
}

/**
 * The vector nearest to the mean, then each time one far from all starts so far, though not one that is far from
 * everything else as well.
 */
function spreadStarts(vectors: readonly Float32Array[], count: number): readonly Float32Array[] {
  const center = centerOf(vectors);
  if (center === null) return [];
  const starts = [vectors[closest(vectors, center)] as Float32Array];
  const likeness = vectors.map((vector) => dot(vector, starts[0] as Float32Array));
  while (starts.length < count) {
    const worth = vectors.map(
      (vector, i) => (1 - (likeness[i] as number)) * Math.max(0, dot(vector, center)),
    );
    const best = Math.max(...worth);
    if (best < SAME) break;
    const start = vectors[worth.indexOf(best)] as Float32Array;
    starts.push(start);
    for (const [i, vector] of vectors.entries())
      likeness[i] = Math.max(likeness[i] as number, dot(vector, start));
  }
  return starts;
}

function closest(centers: readonly Float32Array[], vector: Float32Array): number {
  let best = 0;
  let top = -Infinity;
  for (const [at, center] of centers.entries()) {
    const likeness = dot(center, vector);
    if (likeness > top) [best, top] = [at, likeness];
  }
  return best;
}

function centerOf(vectors: readonly Float32Array[]): Float32Array | null {
  return vectors.length === 0 ? null : normalized(mean(vectors));
}
