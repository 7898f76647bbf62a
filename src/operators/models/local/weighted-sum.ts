/** Σ weightᵢ · vectorᵢ. At least one vector, all of one length. */
export function weightedSum(vectors: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const [i, vector] of vectors.entries()) {
    const weight = weights[i] as number;
    for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] as number) + weight * (vector[d] as number);
  }
  return sum;
}

export function mean(vectors: readonly Float32Array[]): Float32Array {
  return weightedSum(vectors, Array<number>(vectors.length).fill(1 / vectors.length));
}
