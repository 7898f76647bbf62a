export interface PartAnswer {
  readonly value: unknown;
  readonly weight: number;
}

/** The mean of numbers; of labels and truth values the one with most weight, the earliest of equals. */
export function mergedValue(parts: readonly PartAnswer[]): unknown {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const numbers = parts.filter(({ value }) => typeof value === 'number');
  if (numbers.length === parts.length) {
    return numbers.reduce((sum, { value, weight }) => sum + Number(value) * weight, 0) / total;
  }
  const votes = new Map<unknown, number>();
  for (const { value, weight } of parts) votes.set(value, (votes.get(value) ?? 0) + weight);
  return [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best))[0];
}
