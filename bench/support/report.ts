/** One figure beside its target, as `npm run bench` prints it. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** The bound and which side of it is right; null where a figure has no target. */
  readonly target: { readonly atMost: number } | { readonly atLeast: number } | null;
  /** What the figure is made of. */
  readonly from: string;
}

export function report({ what, value, target, from }: Figure): void {
  const shown = value.toFixed(value < 10 ? 2 : 0);
  process.stdout.write(
    `${verdict(value, target).padEnd(6)} ${shown.padStart(8)}  ${what}${targetText(target)}\n`,
  );
  process.stdout.write(`                 ${from}\n`);
}

function verdict(value: number, target: Figure['target']): string {
  if (target === null) return '';
  const met = 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
  return met ? 'met' : 'MISSED';
}

function targetText(target: Figure['target']): string {
  if (target === null) return '';
  return 'atMost' in target ? ` (at most ${target.atMost})` : ` (at least ${target.atLeast})`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds of each of `runs` runs, after one that is not counted. */
export async function times(runs: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  await work();
  const all: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    all.push(performance.now() - start);
  }
  return all;
}
