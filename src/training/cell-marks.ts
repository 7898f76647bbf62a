import { markedExample } from './marked-example.ts';
import type { MarkedExample, MarkRow } from './marked-example.ts';
import type { MarkVersion } from './mark-versions.ts';

/** The marks of one prompt and schema of a cell, at one version. */
export interface CellMarks {
  readonly version: MarkVersion;
  /** Of the calls taken in last, newest first. */
  readonly marked: readonly MarkedExample[];
}

/** Of more marked calls than this, the newest are taken: what a pool may hold in memory. */
export const MOST_EXAMPLES = 5_000;

export function marksOf(rows: readonly MarkRow[], fingerprint: string, version: MarkVersion): CellMarks {
  const marked = rows.flatMap((row) => markedExample(row, fingerprint) ?? []);
  return Object.freeze({ version, marked: Object.freeze(marked) });
}

/**
 * The marks after newer ones of the cell; those that stay are the same objects. Null where older calls, which are not
 * in memory, would move up.
 */
export function marksAfter(
  { marked }: CellMarks,
  rows: readonly MarkRow[],
  fingerprint: string,
  version: MarkVersion,
): CellMarks | null {
  const newest = new Map(rows.map((row) => [row.trace_id, row]));
  const kept = marked.filter(({ traceId }) => !newest.has(traceId));
  const fresh = [...newest.values()].flatMap((row) => markedExample(row, fingerprint) ?? []);
  if (marked.length >= MOST_EXAMPLES && kept.length + fresh.length < marked.length) return null;
  const all = merged(kept, fresh.sort(newestFirst)).slice(0, MOST_EXAMPLES);
  return Object.freeze({ version, marked: Object.freeze(all) });
}

/** Two lists in order as one. */
function merged(one: readonly MarkedExample[], other: readonly MarkedExample[]): MarkedExample[] {
  const all: MarkedExample[] = [];
  let at = 0;
  for (const example of other) {
    while (at < one.length && newestFirst(one[at] as MarkedExample, example) < 0)
      all.push(one[at++] as MarkedExample);
    all.push(example);
  }
  return [...all, ...one.slice(at)];
}

function newestFirst(one: MarkedExample, other: MarkedExample): number {
  if (one.ingested !== other.ingested) return other.ingested - one.ingested;
  return one.traceId < other.traceId ? -1 : 1;
}
