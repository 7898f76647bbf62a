import { SqlError } from '../errors.ts';
import type { Turn } from './formats/format.ts';
import type { Store } from './log/store.ts';
import type { Redaction } from './redaction.ts';

export type ExportFormat = 'openai' | 'jsonl' | 'dpo';

const FORMATS: readonly ExportFormat[] = Object.freeze(['openai', 'jsonl', 'dpo']);

/** A message of a prompt. */
export type PromptMessage = { readonly role: string; readonly content: string };

export interface ExportRequest {
  readonly format: string;
  readonly cascadeId?: string | undefined;
  readonly cellName?: string | undefined;
}

export interface ExportParts {
  readonly store: Store;
  readonly redaction: Redaction;
  /** The prompt that a cell would be asked with, without examples. Throws SqlError where it cannot be told. */
  prompt(
    cascadeId: string,
    cellName: string,
    inputs: Readonly<Record<string, unknown>>,
  ): readonly PromptMessage[];
}

/** A marked call that teaches. */
interface ExportRow {
  readonly trace_id: string;
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly inputs: string;
  readonly output: string;
  readonly correction: string | null;
  readonly confidence: number;
  readonly verified: boolean;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly annotation_source: string;
}

/**
 * Trainable calls, oldest first, a JSON object a line: `jsonl` as `import` takes it, `openai` as chats to fine-tune
 * on, `dpo` as pairs of the corrected output and the logged one. Redacted; what redaction leaves nothing of is left
 * out. Throws SqlError.
 */
export async function* exportExamples(parts: ExportParts, request: ExportRequest): AsyncGenerator<string> {
  const format = FORMATS.find((one) => one === request.format);
  if (format === undefined) {
    throw new SqlError('22023', `no export format is named "${request.format}"`, {
      hint: `There are: ${FORMATS.join(', ')}.`,
    });
  }
  const { cascadeId = '', cellName = '' } = request;
  const rows = await parts.store.query<ExportRow>(
    'tables',
    `SELECT trace_id, toString(cascade_id) AS cascade_id, toString(cell_name) AS cell_name, inputs, output, correction,
            assumeNotNull(confidence) AS confidence, verified, notes, tags, annotation_source
     FROM rvbbit.training_examples_with_annotations
     WHERE trainable AND ({cascade:String} = '' OR cascade_id = {cascade:String})
       AND ({cell:String} = '' OR cell_name = {cell:String})
     ORDER BY ingested, trace_id`,
    { cascade: cascadeId, cell: cellName },
  );
  for (const row of rows) {
    const line = lineOf(row, format, parts);
    if (line !== null) yield JSON.stringify(line);
  }
}

function lineOf(row: ExportRow, format: ExportFormat, { redaction, prompt }: ExportParts): object | null {
  const inputs = JSON.parse(row.inputs) as Readonly<Record<string, unknown>>;
  const given = { traceId: row.trace_id, inputs, output: row.correction ?? row.output, confidence: 1 };
  const example = redaction.example({ ...given, verified: row.verified, ingested: 0 });
  if (example === null) return null;
  if (format === 'jsonl') return jsonLine(row, example.inputs, example.output, redaction);
  const messages = prompt(row.cascade_id, row.cell_name, example.inputs);
  const preferred: Turn = { role: 'assistant', content: example.output };
  if (format === 'openai') return { messages: [...messages, preferred] };
  if (row.correction === null || row.correction === row.output) return null;
  return {
    input: { messages },
    preferred_output: [preferred],
    non_preferred_output: [{ role: 'assistant', content: redaction.text(row.output) }],
  };
}

function jsonLine(
  row: ExportRow,
  inputs: Readonly<Record<string, unknown>>,
  output: string,
  redaction: Redaction,
): object {
  const { trace_id, cascade_id, cell_name, confidence, verified, tags } = row;
  const notes = redaction.text(row.notes);
  const source = row.annotation_source;
  return { trace_id, cascade_id, cell_name, inputs, output, confidence, verified, notes, tags, source };
}
