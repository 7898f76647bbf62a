import type { QueryClient } from '@tanstack/react-query';
import type { MarkRequest } from '../../server/http/schemas/annotations.ts';
import type { ExampleRow } from '../../server/http/schemas/examples.ts';
import type { MarkAction } from './mark-action.ts';

/** A row without what people said of it. */
const UNMARKED = Object.freeze({
  trainable: false,
  verified: false,
  confidence: null,
  notes: '',
  tags: [],
  correction: null,
  annotated_at: null,
  annotated_by: '',
  annotation_source: '',
});

/** Shows an action at once in all that was fetched; what the server then says takes its place. */
export function showMarked(client: QueryClient, action: MarkAction): void {
  const changes = changesOf(action);
  client.setQueriesData<unknown>({ queryKey: ['marks'] }, (data: unknown) => shown(data, changes));
}

type Change = (row: ExampleRow) => ExampleRow;

function changesOf({ marks, removals }: MarkAction): ReadonlyMap<string, Change> {
  return new Map([
    ...marks.map((mark) => [mark.trace_id, (row: ExampleRow) => withMark(row, mark)] as const),
    ...removals.map((trace) => [trace, (row: ExampleRow) => ({ ...row, ...UNMARKED, tags: [] })] as const),
  ]);
}

function withMark(row: ExampleRow, mark: MarkRequest): ExampleRow {
  const said = Object.entries(mark).filter(([, value]) => value !== undefined);
  return { ...row, confidence: row.confidence ?? 1, ...(Object.fromEntries(said) as Partial<ExampleRow>) };
}

/** Rows lie in an answer as a list, as one field, or are the answer. */
function shown(data: unknown, changes: ReadonlyMap<string, Change>): unknown {
  if (!isObject(data)) return data;
  if (isRow(data)) return changes.get(data.trace_id)?.(data) ?? data;
  const { examples, example } = data;
  return {
    ...data,
    ...(Array.isArray(examples) ? { examples: examples.map((one: unknown) => shown(one, changes)) } : {}),
    ...(isObject(example) ? { example: shown(example, changes) } : {}),
  };
}

function isRow(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & ExampleRow {
  return typeof value.trace_id === 'string' && 'annotation_source' in value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
