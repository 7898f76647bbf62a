/** With fewer rows that people labelled, agreement is not calibrated. */
export const FEWEST_TO_CALIBRATE = 30;

/** A row that a person labelled: how many samples agreed with its logged output, and whether that was right. */
export interface LabelledAgreement {
  readonly agreeing: number;
  readonly right: boolean;
}

/**
 * How sure one may be of an output with which so many of `samples` agree, 0..1. From enough labelled rows it is the
 * share of right ones at that agreement or a lower one, made monotone (pool adjacent violators) and drawn towards one
 * half by two rows; from fewer, the share of agreeing samples, likewise drawn.
 */
export function calibration(
  samples: number,
  labelled: readonly LabelledAgreement[],
): (agreeing: number) => number {
  if (labelled.length < FEWEST_TO_CALIBRATE) return (agreeing) => (agreeing + 1) / (samples + 2);
  const levels = Array.from({ length: samples + 1 }, (_, level) => {
    const rows = labelled.filter(({ agreeing }) => agreeing === level);
    return { from: level, right: rows.filter(({ right }) => right).length + 1, rows: rows.length + 2 };
  });
  const pooled: { from: number; right: number; rows: number }[] = [];
  for (const level of levels) {
    let block = { ...level };
    for (let last = pooled.at(-1); last !== undefined && share(last) > share(block); last = pooled.at(-1)) {
      pooled.pop();
      block = { from: last.from, right: last.right + block.right, rows: last.rows + block.rows };
    }
    pooled.push(block);
  }
  return (agreeing) => share(pooled.findLast(({ from }) => from <= agreeing) ?? { right: 1, rows: 2 });
}

function share({ right, rows }: { readonly right: number; readonly rows: number }): number {
  return right / rows;
}
