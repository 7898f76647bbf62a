/** Which tokens turn round what follows them. The words are tokens of the vocabulary. */
export interface NegationWords {
  readonly words: readonly string[];
  /** Between a word and its reach, not counted: what is left of "n't". */
  readonly joints: readonly string[];
  /** No negation reaches past one of these. */
  readonly ends: readonly string[];
  /** How many tokens a negation reaches. */
  readonly reach: number;
}

/** Of the rows of a text, in its order, those within the reach of a negation. */
export type NegatedRows = (rows: readonly number[]) => readonly number[];

export function negatedRows(
  { words, joints, ends, reach }: NegationWords,
  vocabulary: readonly string[],
): NegatedRows {
  const rowOf = new Map(vocabulary.map((token, row) => [token, row]));
  const rowsOf = (tokens: readonly string[]): ReadonlySet<number | undefined> =>
    new Set(tokens.map((token) => rowOf.get(token)));
  const [negators, between, stops] = [rowsOf(words), rowsOf(joints), rowsOf(ends)];
  return (rows) => {
    const reached: number[] = [];
    let left = 0;
    for (const row of rows) {
      if (negators.has(row)) left = reach;
      else if (left === 0 || between.has(row)) continue;
      else if (stops.has(row)) left = 0;
      else {
        reached.push(row);
        left--;
      }
    }
    return reached;
  };
}
