import { markedExample } from './marked-example.ts';
import type { MarkedExample, MarkRow } from './marked-example.ts';

/** The marks of one prompt and schema of a cell as they stand. */
export interface CellMarks {
  /** Changes with each of them; the same on every server. */
  readonly version: string;
  /** Of the calls taken in last, newest first. */
  readonly marked: readonly MarkedExample[];
}

/** Of more marked calls than this, the newest are taken: what a pool may hold in memory. */
export const MOST_EXAMPLES = 5_000;

export function marksOf(rows: readonly MarkRow[], fingerprint: string): CellMarks {
  return cellMarks(rows.flatMap((row) => markedExample(row, fingerprint) ?? []));
}

/**
 * The marks after these; those that stay are the same objects. Null where older calls, which are not in memory, would
 * move up.
 */
export function marksAfter(
  before: CellMarks,
  rows: readonly MarkRow[],
  fingerprint: string,
): CellMarks | null {
  const newest = newestOf(before, rows);
  if (newest.size === 0) return before;
  const { marked } = before;
  const kept = marked.filter(({ traceId }) => !newest.has(traceId));
  const fresh = [...newest.values()].flatMap((row) => markedExample(row, fingerprint) ?? []);
  if (marked.length >= MOST_EXAMPLES && kept.length + fresh.length < marked.length) return null;
  return cellMarks(merged(kept, fresh.sort(newestFirst)).slice(0, MOST_EXAMPLES));
}

/** The newest row of each call of which no mark as new is known. */
function newestOf({ marked }: CellMarks, rows: readonly MarkRow[]): ReadonlyMap<string, MarkRow> {
  const newest = new Map<string, MarkRow>();
  for (const row of rows)
    if (row.version > (newest.get(row.trace_id)?.version ?? -1)) newest.set(row.trace_id, row);
  for (const { traceId, version } of marked)
    if (version >= (newest.get(traceId)?.version ?? Infinity)) newest.delete(traceId);
  return newest;
}

function cellMarks(marked: readonly MarkedExample[]): CellMarks {
  const last = marked.reduce((newest, { version }) => Math.max(newest, version), 0);
  // Versions are microseconds: what the sum of many loses is nothing that a mark changes.
  const sum = marked.reduce((rest, { version }) => (rest + version) % Number.MAX_SAFE_INTEGER, 0);
  const version = marked.length === 0 ? 'unmarked' : `${last}.${marked.length}.${sum}`;
  return Object.freeze({ version, marked: Object.freeze(marked) });
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
