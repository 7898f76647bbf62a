export interface Scored {
  readonly score: number;
  readonly holds: boolean;
}

/** Chance that one that holds scores higher than one that does not; equals count half. NaN where a side is empty. */
export function areaUnderCurve(items: readonly Scored[]): number {
  const yes = items.filter(({ holds }) => holds).map(({ score }) => score);
  const no = Float64Array.from(
    items.filter(({ holds }) => !holds),
    ({ score }) => score,
  ).toSorted();
  const beaten = yes.reduce((sum, score) => sum + (below(no, score) + notAbove(no, score)) / 2, 0);
  return beaten / (yes.length * no.length);
}

function below(sorted: Float64Array, score: number): number {
  return firstWhere(sorted, (value) => value >= score);
}

function notAbove(sorted: Float64Array, score: number): number {
  return firstWhere(sorted, (value) => value > score);
}

/** Position of the first value from which on `passes` holds. */
function firstWhere(sorted: Float64Array, passes: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
