const CHARACTERS_A_TOKEN = 4;

/** Estimated tokens of a list of values in a prompt. */
export function tokensOf(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + tokensOfValue(value), 0);
}

/** The values in their order, in parts of at most `limit` tokens; one value is never cut. */
export function chunksOf(values: readonly unknown[], limit: number): readonly (readonly unknown[])[] {
  const chunks: unknown[][] = [];
  let room = 0;
  for (const value of values) {
    const tokens = tokensOfValue(value);
    if (chunks.length === 0 || tokens > room) {
      chunks.push([]);
      room = limit;
    }
    chunks.at(-1)?.push(value);
    room -= tokens;
  }
  return chunks;
}

/** Values from all over the list that make up at most `limit` tokens, in their order. */
export function sampleOf(values: readonly unknown[], limit: number): readonly unknown[] {
  const share = Math.min(1, limit / Math.max(1, tokensOf(values)));
  const count = Math.max(1, Math.floor(values.length * share));
  const sample = Array.from({ length: count }, (_, at) => values[Math.floor((at * values.length) / count)]);
  return chunksOf(sample, limit)[0] ?? [];
}

function tokensOfValue(value: unknown): number {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return Math.ceil(text.length / CHARACTERS_A_TOKEN) + 1;
}
