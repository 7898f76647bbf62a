/** Lower triangle L of a symmetric positive definite matrix, so that L·Lᵀ is the matrix. */
export function cholesky(matrix: readonly Float64Array[]): readonly Float64Array[] {
  const size = matrix.length;
  const lower = matrix.map(() => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    const row = lower[i] as Float64Array;
    for (let j = 0; j <= i; j++) {
      const rest = ((matrix[i] as Float64Array)[j] as number) - dotUntil(row, lower[j] as Float64Array, j);
      row[j] =
        i === j
          ? Math.sqrt(Math.max(rest, Number.EPSILON))
          : rest / ((lower[j] as Float64Array)[j] as number);
    }
  }
  return lower;
}

/** x with L·Lᵀ·x = right. */
export function choleskySolve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < x.length; i++) {
    const row = lower[i] as Float64Array;
    x[i] = ((x[i] as number) - dotUntil(row, x, i)) / (row[i] as number);
  }
  for (let i = x.length - 1; i >= 0; i--) {
    let rest = x[i] as number;
    for (let j = i + 1; j < x.length; j++)
      rest -= ((lower[j] as Float64Array)[i] as number) * (x[j] as number);
    x[i] = rest / ((lower[i] as Float64Array)[i] as number);
  }
  return x;
}

function dotUntil(a: Float64Array, b: Float64Array, end: number): number {
  let sum = 0;
  for (let k = 0; k < end; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
