import type { Mark } from '../../training/annotation.ts';
import type { AnnotationChange } from '../../training/annotations.ts';
import type { TableConnection } from './table-connection.ts';

/** A row of training_annotations as DuckDB writes it in JSON. */
interface JsonRow {
  readonly trace_id: string;
  readonly trainable: boolean;
  readonly verified: boolean;
  readonly confidence: number;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly correction: string | null;
  readonly annotated_by: string;
  readonly source: string;
}

const BEFORE = 'temp.rvbbit_annotations_before';
const COLUMNS = [
  'trainable',
  'verified',
  'confidence',
  'notes',
  'tags',
  'correction',
  'annotated_by',
  'source',
];

/** Keeps the rows as they are now, for `difference` to compare with. */
export async function rememberAnnotations(connection: TableConnection): Promise<void> {
  await connection.runInternal(
    'CREATE OR REPLACE TEMP TABLE rvbbit_annotations_before AS FROM temp.training_annotations',
  );
}

export async function restoreAnnotations(connection: TableConnection): Promise<void> {
  await connection.runInternal('DELETE FROM temp.training_annotations');
  await connection.runInternal(`INSERT INTO temp.training_annotations FROM ${BEFORE}`);
}

/** What statements have changed since the rows were remembered; columns that stayed are left out. */
export async function difference(connection: TableConnection): Promise<AnnotationChange> {
  const changed = await connection.runInternal(CHANGED);
  const removed = await connection.runInternal(
    `SELECT trace_id FROM ${BEFORE} WHERE trace_id NOT IN (SELECT trace_id FROM temp.training_annotations)`,
  );
  return {
    marks: changed.map(([now, before]) => markOf(rowOf(now), before === null ? null : rowOf(before))),
    removals: removed.map(([traceId]) => String(traceId)),
  };
}

const CHANGED = `
  SELECT to_json(n)::VARCHAR, CASE WHEN o.trace_id IS NULL THEN NULL ELSE to_json(o)::VARCHAR END
  FROM temp.training_annotations AS n LEFT JOIN ${BEFORE} AS o ON o.trace_id = n.trace_id
  WHERE o.trace_id IS NULL OR ${COLUMNS.map((name) => `n.${name} IS DISTINCT FROM o.${name}`).join(' OR ')}`;

function rowOf(json: unknown): JsonRow {
  return JSON.parse(String(json)) as JsonRow;
}

function markOf(now: JsonRow, before: JsonRow | null): Mark {
  const changed = <K extends keyof JsonRow>(column: K): boolean =>
    before === null || JSON.stringify(now[column]) !== JSON.stringify(before[column]);
  const byHand = changed('annotated_by') && now.annotated_by !== '';
  return {
    traceId: now.trace_id,
    ...(changed('trainable') && { trainable: now.trainable }),
    ...(changed('verified') && { verified: now.verified }),
    ...(changed('confidence') && { confidence: now.confidence }),
    ...(changed('notes') && { notes: now.notes }),
    ...(changed('tags') && { tags: now.tags }),
    ...(changed('correction') && { correction: now.correction }),
    ...(changed('source') && { source: now.source }),
    ...(byHand && { annotatedBy: now.annotated_by }),
  };
}
