/** With fewer rows that people labelled, agreement is not calibrated. */
export const FEWEST_TO_CALIBRATE = 30;

/** A row that a person labelled: what a judge gave the output of the cell, and whether that was right. */
export interface LabelledScore {
  /** In whole steps from 0. */
  readonly score: number;
  readonly right: boolean;
}

/**
 * How sure one may be of an output that has such a score of `levels`, 0..1. From enough labelled rows it is the share of
 * right ones at that score or a lower one, made monotone (pool adjacent violators) and drawn towards one half by two
 * rows; from fewer, the score's share of `levels`, likewise drawn.
 */
export function calibration(levels: number, labelled: readonly LabelledScore[]): (score: number) => number {
  if (labelled.length < FEWEST_TO_CALIBRATE) return (score) => (score + 1) / (levels + 2);
  const blocks = Array.from({ length: levels + 1 }, (_, level) => {
    const rows = labelled.filter(({ score }) => score === level);
    return { from: level, right: rows.filter(({ right }) => right).length + 1, rows: rows.length + 2 };
  });
  const pooled: { from: number; right: number; rows: number }[] = [];
  for (const level of blocks) {
    let block = { ...level };
    for (let last = pooled.at(-1); last !== undefined && share(last) > share(block); last = pooled.at(-1)) {
      pooled.pop();
      block = { from: last.from, right: last.right + block.right, rows: last.rows + block.rows };
    }
    pooled.push(block);
  }
  return (score) => share(pooled.findLast(({ from }) => from <= score) ?? { right: 1, rows: 2 });
}

function share({ right, rows }: { readonly right: number; readonly rows: number }): number {
  return right / rows;
}
