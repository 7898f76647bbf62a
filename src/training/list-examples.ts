import { SqlError } from '../errors.ts';
import type { Store, StoreRow } from './log/store.ts';

/** What is left out filters nothing. */
export interface ExampleFilter {
  readonly cascadeId?: string;
  readonly cellNames?: readonly string[];
  readonly trainable?: boolean;
  readonly verified?: boolean;
  readonly minConfidence?: number;
  readonly sessionId?: string;
  /** Found in inputs or output, in any case. */
  readonly search?: string;
  /** Default 100. */
  readonly limit?: number;
  readonly offset?: number;
}

/** A row of `training_examples_with_annotations`. */
export interface ListedExample {
  readonly trace_id: string;
  /** `YYYY-MM-DD hh:mm:ss.ffffff`, UTC */
  readonly timestamp: string;
  readonly session_id: string;
  readonly statement_id: string;
  readonly run_id: string;
  readonly caller: string;
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly fingerprint: string;
  /** JSON */
  readonly inputs: string;
  readonly output: string;
  readonly model: string;
  readonly provider: string;
  readonly cost_usd: number | null;
  readonly probability: number | null;
  readonly trainable: boolean;
  readonly verified: boolean;
  /** null where nobody has marked the call. */
  readonly confidence: number | null;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly correction: string | null;
  readonly annotated_at: string | null;
  readonly annotated_by: string;
  readonly annotation_source: string;
}

export interface ExamplePage {
  readonly examples: readonly ListedExample[];
  /** Of all pages. */
  readonly total: number;
}

const MARKED = 'trace_id IN (SELECT trace_id FROM rvbbit.training_annotations FINAL WHERE';

/** A condition for each field that a filter may have, with the parameter it takes. */
const CONDITIONS: Readonly<Record<string, (filter: ExampleFilter) => readonly [string, StoreRow] | null>> =
  Object.freeze({
    cascade: ({ cascadeId }) =>
      cascadeId === undefined ? null : ['cascade_id = {cascade:String}', { cascade: cascadeId }],
    cells: ({ cellNames }) =>
      cellNames === undefined ? null : ['cell_name IN {cells:Array(String)}', { cells: cellNames }],
    trainable: ({ trainable }) => flag('trainable', trainable),
    verified: ({ verified }) => flag('verified', verified),
    confidence: ({ minConfidence }) =>
      minConfidence === undefined ? null : ['confidence >= {floor:Float64}', { floor: minConfidence }],
    session: ({ sessionId }) =>
      sessionId === undefined ? null : ['session_id = {session:String}', { session: sessionId }],
    search: ({ search }) =>
      search === undefined
        ? null
        : [
            `(positionCaseInsensitiveUTF8(inputs, {search:String}) > 0
              OR positionCaseInsensitiveUTF8(output, {search:String}) > 0)`,
            { search },
          ],
  });

/** Calls that can teach, newest first, with what people said about them. Throws SqlError 22023. */
export async function listExamples(store: Store, filter: ExampleFilter): Promise<ExamplePage> {
  const limit = countOf('limit', filter.limit ?? 100);
  const offset = countOf('offset', filter.offset ?? 0);
  const parts = Object.values(CONDITIONS).flatMap((condition) => [condition(filter) ?? []].filter(isPart));
  const where = parts.length === 0 ? '1' : parts.map(([condition]) => condition).join(' AND ');
  const parameters = Object.assign({}, ...parts.map(([, value]) => value)) as StoreRow;
  const from = `FROM rvbbit.training_examples_with_annotations WHERE ${where}`;
  const [examples, totals] = await Promise.all([
    store.query<ListedExample>(
      'tables',
      `SELECT * EXCEPT (ingested) ${from} ORDER BY timestamp DESC, trace_id LIMIT ${limit} OFFSET ${offset}`,
      parameters,
    ),
    store.query<{ total: number }>('tables', `SELECT count() AS total ${from}`, parameters),
  ]);
  return { examples, total: totals[0]?.total ?? 0 };
}

function flag(
  column: 'trainable' | 'verified',
  value: boolean | undefined,
): readonly [string, StoreRow] | null {
  if (value === undefined) return null;
  return [value ? `${MARKED} ${column})` : `NOT ${column}`, {}];
}

function isPart(part: readonly unknown[]): part is readonly [string, StoreRow] {
  return part.length === 2;
}

function countOf(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new SqlError('22023', `${name} is to be a whole number from 0, not ${value}`);
}
