/** The places of the values whose lots are the `from`-th to the one before the `to`-th smallest, in their order. */
export function drawn(lots: Float64Array, from: number, to: number): readonly number[] {
  const sorted = lots.toSorted();
  const least = sorted[from] ?? Infinity;
  const end = sorted[to] ?? Infinity;
  const places: number[] = [];
  for (const [at, lot] of lots.entries()) if (lot >= least && lot < end) places.push(at);
  return places.sort((a, b) => (lots[a] as number) - (lots[b] as number));
}

/** The lot of a question: 48 bits of its key, as a number in 0..1. */
export function lotOf(answerKey: string): number {
  return Buffer.from(answerKey.slice(0, 8), 'base64url').readUIntBE(0, 6) / 2 ** 48;
}
