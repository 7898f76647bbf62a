/** The items in an order that the seed alone decides (Fisher and Yates; mulberry32). */
export function seededOrder<T>(items: readonly T[], seed: number): readonly T[] {
  const random = seededRandom(seed);
  const order = [...items];
  for (let end = order.length - 1; end > 0; end--) {
    const pick = Math.floor(random() * (end + 1));
    [order[end], order[pick]] = [order[pick] as T, order[end] as T];
  }
  return order;
}

/** Numbers in 0..1, the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
