/** Whether the vector is that of a text without a known word. */
export function isZero(vector: Float32Array): boolean {
  return vector.every((value) => value === 0);
}
