export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** How `before` becomes `after`, by whole lines: the longest common subsequence stays. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const old = before.split('\n');
  const now = after.split('\n');
  const lengths = commonLengths(old, now);
  const lines: DiffLine[] = [];
  let at = 0;
  let to = 0;
  while (at < old.length || to < now.length) {
    const removed = old[at];
    const added = now[to];
    if (removed !== undefined && removed === added) {
      lines.push({ kind: 'same', text: removed });
      at += 1;
      to += 1;
    } else if (
      added !== undefined &&
      (removed === undefined || cell(lengths, at, to + 1) >= cell(lengths, at + 1, to))
    ) {
      lines.push({ kind: 'added', text: added });
      to += 1;
    } else {
      lines.push({ kind: 'removed', text: removed ?? '' });
      at += 1;
    }
  }
  return lines;
}

/** Length of the longest common subsequence of what follows, by position in both. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let at = old.length - 1; at >= 0; at -= 1) {
    const row = lengths[at];
    if (row === undefined) continue;
    for (let to = now.length - 1; to >= 0; to -= 1) {
      row[to] =
        old[at] === now[to]
          ? cell(lengths, at + 1, to + 1) + 1
          : Math.max(cell(lengths, at + 1, to), cell(lengths, at, to + 1));
    }
  }
  return lengths;
}

function cell(lengths: readonly Uint32Array[], at: number, to: number): number {
  return lengths[at]?.[to] ?? 0;
}
