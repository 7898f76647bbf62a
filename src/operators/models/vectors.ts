/** Of two vectors of one length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** The vector of length 1 in the same direction; zero stays zero. */
export function normalized(values: ArrayLike<number>): Float32Array {
  // Float32Array.from and map go through iterators and callbacks: as dear as the sum over a text's tokens.
  const vector = new Float32Array(values);
  const length = Math.sqrt(dot(vector, vector));
  if (length === 0) return vector;
  for (let at = 0; at < vector.length; at += 1) vector[at] = (vector[at] as number) / length;
  return vector;
}
