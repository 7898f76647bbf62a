import { dot } from '../vectors.ts';

const DAMPING = 0.85;
const ROUNDS = 60;
const CLOSE = 1e-7;

/**
 * How central each vector is among all: the stationary distribution of a walk that goes from one to another by their cosine
 * (LexRank, Erkan and Radev 2004). Sums to 1.
 */
export function centrality(vectors: readonly Float32Array[]): Float64Array {
  const count = vectors.length;
  const steps = transitions(vectors);
  let rank = new Float64Array(count).fill(1 / count);
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(count).fill((1 - DAMPING) / count);
    for (const [from, row] of steps.entries()) {
      for (let to = 0; to < count; to++)
        next[to] = (next[to] as number) + DAMPING * (rank[from] as number) * (row[to] as number);
    }
    const change = next.reduce((most, value, i) => Math.max(most, Math.abs(value - (rank[i] as number))), 0);
    rank = next;
    if (change < CLOSE) break;
  }
  return rank;
}

/** Row i: chances of going from i to each other; even where nothing is alike. */
function transitions(vectors: readonly Float32Array[]): readonly Float64Array[] {
  return vectors.map((a, i) => {
    const row = Float64Array.from(vectors, (b, j) => (i === j ? 0 : Math.max(0, dot(a, b))));
    const sum = row.reduce((total, value) => total + value, 0);
    return sum === 0 ? row.fill(1 / vectors.length) : row.map((value) => value / sum);
  });
}
