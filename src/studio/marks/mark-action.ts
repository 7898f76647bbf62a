import type { AnnotationRow, MarkRequest } from '../../server/http/schemas/annotations.ts';

/** The tag of a call whose output a human refused. */
export const REJECTED = 'rejected';

/** One thing a person did to some rows, as the server is told and as undo lists it. */
export interface MarkAction {
  /** In the past: "Accepted 3 rows". */
  readonly label: string;
  readonly marks: readonly MarkRequest[];
  readonly removals: readonly string[];
}

/** What undoes an action: the annotations as they were, and the traces that had none. */
export interface Inverse {
  readonly previous: readonly AnnotationRow[];
  readonly unmarked: readonly string[];
}

export interface Markable {
  readonly trace_id: string;
  readonly output: string;
  readonly tags: readonly string[];
}

/** The logged output is right: it teaches, and a human has checked it. */
export function accept(rows: readonly Markable[]): MarkAction {
  return action('Accepted', rows, (row) => ({
    trainable: true,
    verified: true,
    confidence: 1,
    correction: null,
    tags: withoutRejected(row),
  }));
}

/** The logged output is wrong, and the right one is not told: it must not teach. */
export function reject(rows: readonly Markable[]): MarkAction {
  return action('Rejected', rows, (row) => ({
    trainable: false,
    verified: false,
    correction: null,
    tags: [...withoutRejected(row), REJECTED],
  }));
}

/** The right output. Where it is the logged one this accepts. */
export function correct(rows: readonly Markable[], output: string): MarkAction {
  return action('Corrected', rows, (row) => ({
    trainable: true,
    verified: true,
    confidence: 1,
    correction: row.output === output ? null : output,
    tags: withoutRejected(row),
  }));
}

export function change(
  label: string,
  rows: readonly Markable[],
  fields: Omit<MarkRequest, 'trace_id'>,
): MarkAction {
  return action(label, rows, () => fields);
}

export function takeBack(rows: readonly Markable[]): MarkAction {
  return {
    label: labelOf('Cleared the marks of', rows),
    marks: [],
    removals: rows.map((row) => row.trace_id),
  };
}

function action(
  label: string,
  rows: readonly Markable[],
  fieldsOf: (row: Markable) => Omit<MarkRequest, 'trace_id'>,
): MarkAction {
  return {
    label: labelOf(label, rows),
    marks: rows.map((row) => ({ trace_id: row.trace_id, ...fieldsOf(row) })),
    removals: [],
  };
}

function labelOf(label: string, rows: readonly Markable[]): string {
  return `${label} ${rows.length === 1 ? '1 row' : `${rows.length} rows`}`;
}

function withoutRejected(row: Markable): string[] {
  return row.tags.filter((tag) => tag !== REJECTED);
}
