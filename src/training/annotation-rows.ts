import { UNMARKED } from './annotation.ts';
import type { Annotation, Annotator, Mark } from './annotation.ts';
import { quotedText } from './log/quoted-text.ts';
import type { Store, StoreRow } from './log/store.ts';

/** The marked call, as far as an annotation repeats it. */
export interface MarkedCall {
  readonly trace_id: string;
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly fingerprint: string;
  readonly ingested: number;
  /** JSON as logged; empty where the call failed. */
  readonly inputs: string;
  readonly output: string;
}

/** A row of `training_annotations`. */
export interface AnnotationRow extends MarkedCall {
  readonly trainable: boolean;
  readonly verified: boolean;
  readonly confidence: number;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly correction: string | null;
  readonly annotated_at: string;
  readonly annotated_by: string;
  readonly source: string;
  readonly version: number;
  readonly deleted: number;
}

export interface WrittenAt {
  readonly annotatedAt: string;
  readonly version: number;
}

/** Trace ids in one query: as many UUIDs as a server takes in one parameter. */
const IDS_PER_QUERY = 2_000;

/** The logged calls of these traces, by trace id; unknown ones are missing. */
export async function findCalls(store: Store, traceIds: readonly string[]): Promise<Map<string, MarkedCall>> {
  return byTrace(
    await inChunks<MarkedCall>(
      store,
      `SELECT trace_id, cascade_id, cell_name, fingerprint, ingested, if(isNull(l.error), l.inputs, '') AS inputs,
              if(isNull(l.error), l.output, '') AS output
       FROM rvbbit.unified_logs AS l WHERE trace_id IN {ids:Array(String)}`,
      traceIds,
    ),
  );
}

/** Marks of more cells than this are looked for among all. */
const MOST_CELLS = 50;

/** The newest annotations of these traces, by trace id; found sooner where the calls are given that have them. */
export async function findAnnotationRows(
  store: Store,
  traceIds: readonly string[],
  calls?: Iterable<MarkedCall>,
): Promise<Map<string, AnnotationRow>> {
  return byTrace(
    await inChunks<AnnotationRow>(
      store,
      `SELECT * FROM rvbbit.training_annotations FINAL WHERE ${ofCells(calls)} trace_id IN {ids:Array(String)}`,
      traceIds,
    ),
  );
}

/** The marks are sorted by cell. */
function ofCells(calls: Iterable<MarkedCall> = []): string {
  const cells = new Set<string>();
  for (const { cascade_id, cell_name } of calls)
    cells.add(`(${quotedText(cascade_id)}, ${quotedText(cell_name)})`);
  if (cells.size === 0 || cells.size > MOST_CELLS) return '';
  return `(cascade_id, cell_name) IN (${[...cells].join(', ')}) AND`;
}

/** The row after the mark: columns that the mark leaves out are those of `before`. */
export function markedRow(
  call: MarkedCall,
  before: AnnotationRow | undefined,
  mark: Mark,
  annotator: Annotator,
  at: WrittenAt,
): AnnotationRow {
  const old = before ?? UNMARKED;
  return {
    ...call,
    // Revalidated, a mark belongs to another prompt than its call.
    fingerprint: before?.fingerprint ?? call.fingerprint,
    trainable: mark.trainable ?? old.trainable,
    verified: mark.verified ?? old.verified,
    confidence: mark.confidence ?? old.confidence,
    notes: mark.notes ?? old.notes,
    tags: mark.tags ?? old.tags,
    correction: mark.correction === undefined ? old.correction : mark.correction,
    annotated_at: at.annotatedAt,
    annotated_by: mark.annotatedBy ?? annotator.by,
    source: mark.source ?? annotator.source,
    version: at.version,
    deleted: 0,
  };
}

export function removedRow(
  row: AnnotationRow,
  { by, source }: Annotator,
  { annotatedAt, version }: WrittenAt,
): AnnotationRow {
  return { ...row, annotated_at: annotatedAt, annotated_by: by, source, version, deleted: 1 };
}

export function annotationOf(row: AnnotationRow): Annotation {
  return Object.freeze({
    traceId: row.trace_id,
    trainable: row.trainable,
    verified: row.verified,
    confidence: row.confidence,
    notes: row.notes,
    tags: Object.freeze([...row.tags]),
    correction: row.correction,
    annotatedAt: row.annotated_at,
    annotatedBy: row.annotated_by,
    source: row.source,
  });
}

async function inChunks<Row>(
  store: Store,
  sql: string,
  traceIds: readonly string[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < traceIds.length; from += IDS_PER_QUERY) {
    const parameters: StoreRow = { ids: traceIds.slice(from, from + IDS_PER_QUERY) };
    rows.push(...(await store.query<Row>('marks', sql, parameters)));
  }
  return rows;
}

function byTrace<Row extends MarkedCall>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.trace_id, row]));
}
