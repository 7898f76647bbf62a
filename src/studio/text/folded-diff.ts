import type { DiffLine } from './line-diff.ts';

/** Some lines, or so many equal ones that are not shown. */
export interface DiffPart {
  /** 0 where the lines are shown. */
  readonly fold: number;
  readonly lines: readonly DiffLine[];
}

/** Equal lines that stay on either side of a change. */
const CONTEXT = 3;
/** Folding fewer lines saves no room. */
const LEAST = 4;

/** A diff without what is the same for long. One without a change is shown whole. */
export function foldedDiff(lines: readonly DiffLine[]): readonly DiffPart[] {
  if (lines.every(({ kind }) => kind === 'same')) return [{ fold: 0, lines }];
  const parts: DiffPart[] = [];
  for (let from = 0; from < lines.length;) {
    const kept = isNear(lines, from);
    let to = from;
    while (to < lines.length && isNear(lines, to) === kept) to += 1;
    const run = lines.slice(from, to);
    parts.push({ fold: kept || run.length < LEAST ? 0 : run.length, lines: run });
    from = to;
  }
  return parts;
}

function isNear(lines: readonly DiffLine[], at: number): boolean {
  const around = lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  return around.some(({ kind }) => kind !== 'same');
}
