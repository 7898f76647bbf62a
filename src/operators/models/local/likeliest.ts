export interface LabelChoice {
  readonly label: string;
  /** Of this label, among all of them. */
  readonly probability: number;
}

/** The label with the highest log odds, the first of equals. `labels` is not empty; `odds` has one entry a label. */
export function likeliest(labels: readonly string[], odds: readonly number[]): LabelChoice {
  const top = Math.max(...odds);
  const likely = odds.map((value) => Math.exp(value - top));
  const total = likely.reduce((sum, value) => sum + value, 0);
  const best = odds.indexOf(top);
  return { label: labels[best] as string, probability: 1 / total };
}
