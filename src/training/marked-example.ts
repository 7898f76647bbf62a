import type { AnnotationRow } from './annotation-rows.ts';
import type { Example } from './example.ts';

/** What is known of a mark to make an example of it. */
export type MarkRow = Pick<
  AnnotationRow,
  | 'trace_id'
  | 'fingerprint'
  | 'ingested'
  | 'inputs'
  | 'output'
  | 'correction'
  | 'confidence'
  | 'trainable'
  | 'verified'
  | 'source'
  | 'version'
  | 'deleted'
>;

/** The columns of a MarkRow. */
export const MARK_COLUMNS = `trace_id, fingerprint, ingested, inputs, output, correction, confidence,
  trainable, verified, source, version, deleted`;

/** A marked call of a cell. */
export interface MarkedExample extends Example {
  readonly trainable: boolean;
  /** The declared inputs as logged, in canonical JSON. */
  readonly canonicalInputs: string;
  /** Of the mark. */
  readonly version: number;
}

/** Null where the mark says nothing for this prompt and schema, or its call failed. */
export function markedExample(row: MarkRow, fingerprint: string): MarkedExample | null {
  const counts = row.deleted === 0 && (row.trainable || row.verified) && row.fingerprint === fingerprint;
  if (!counts || row.inputs === '') return null;
  const inputs: unknown = JSON.parse(row.inputs);
  return Object.freeze({
    traceId: row.trace_id,
    inputs: Object.freeze({ ...(inputs as Record<string, unknown>) }),
    canonicalInputs: row.inputs,
    output: row.correction ?? row.output,
    confidence: row.confidence,
    trainable: row.trainable,
    verified: row.verified,
    ingested: row.ingested,
    version: row.version,
    ...(row.correction !== null && row.correction !== row.output ? { corrected: true } : {}),
    ...(row.source === 'human' || row.source === '' ? {} : { automatic: true }),
  });
}
