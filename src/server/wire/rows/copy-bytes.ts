import type { ByteSink } from '../byte-sink.ts';

/** A loop wins over a call for short texts. */
const BY_HAND = 96;

/** Copies a stretch of `source`, which `view` shows too, into a target that has room. */
export function copyBytes(
  source: Uint8Array,
  view: DataView,
  from: number,
  length: number,
  target: ByteSink,
  at: number,
): void {
  if (length > BY_HAND) {
    target.bytes.set(source.subarray(from, from + length), at);
    return;
  }
  const { bytes, view: out } = target;
  const words = length & ~3;
  let index = 0;
  for (; index < words; index += 4) out.setInt32(at + index, view.getInt32(from + index, true), true);
  for (; index < length; index += 1) bytes[at + index] = source[from + index] as number;
}
