const TWO_32 = 4_294_967_296;
/** High words between which 64 bits fit a number's 53. */
const SAFE_HIGH = 2 ** 20;

/** A little-endian int64 as a number; null where a number does not hold it exactly. */
export function readSafe(source: DataView, from: number): number | null {
  const high = source.getInt32(from + 4, true);
  if (high < -SAFE_HIGH || high >= SAFE_HIGH) return null;
  return high * TWO_32 + source.getUint32(from, true);
}
