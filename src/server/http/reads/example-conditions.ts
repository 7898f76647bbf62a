import type { StoreRow } from '../../../training/log/store.ts';
import type { ExampleFilter } from '../schemas/examples.ts';
import { CONFLICTING } from './conflicts.ts';
import { CELL_KEY } from './current-cells.ts';

/** A condition on `training_examples` and the parameters it takes. */
export interface Condition {
  readonly sql: string;
  readonly parameters: StoreRow;
}

interface Part {
  readonly sql: string;
  readonly parameters?: StoreRow;
}

type PartOf = (filter: ExampleFilter, current: readonly string[]) => Part | null;

const MARKS = 'SELECT trace_id FROM rvbbit.training_annotations FINAL';

/** One a field of the filter. */
const PARTS: readonly PartOf[] = Object.freeze([
  ({ cascade_id }) => oneOf('cascade_id', 'cascades', cascade_id),
  ({ cell_name }) => oneOf('cell_name', 'cells', cell_name),
  ({ model }) => oneOf('model', 'models', model),
  ({ label }) => oneOf('output', 'labels', label),
  ({ tag }) => (tag === undefined ? null : marked('hasAny(tags, {tags:Array(String)})', { tags: tag })),
  (filter) => annotated('1', filter.marked),
  (filter) => annotated('trainable', filter.trainable),
  (filter) => annotated('verified', filter.verified),
  (filter) => annotated('isNotNull(correction)', filter.corrected),
  ({ min_confidence }) =>
    min_confidence === undefined ? null : marked('confidence >= {floor:Float64}', { floor: min_confidence }),
  ({ max_confidence }) =>
    max_confidence === undefined ? null : marked('confidence <= {roof:Float64}', { roof: max_confidence }),
  ({ conflict }) => (conflict === undefined ? null : { sql: within('trace_id', CONFLICTING, conflict) }),
  ({ stale }, current) =>
    stale === undefined
      ? null
      : { sql: within(CELL_KEY, '{current:Array(String)}', !stale), parameters: { current } },
  ({ session_id }) => equal('session_id', 'session', session_id),
  ({ statement_id }) => equal('statement_id', 'statement', statement_id),
  ({ search }) => (search === undefined ? null : { sql: SEARCH, parameters: { search } }),
  ({ as_of }) => (as_of === undefined ? null : { sql: 'ingested <= {as_of:UInt64}', parameters: { as_of } }),
]);

const SEARCH = `(positionCaseInsensitiveUTF8(inputs, {search:String}) > 0
  OR positionCaseInsensitiveUTF8(output, {search:String}) > 0
  OR trace_id IN (${MARKS} WHERE positionCaseInsensitiveUTF8(notes, {search:String}) > 0
                  OR positionCaseInsensitiveUTF8(ifNull(correction, ''), {search:String}) > 0))`;

/** `current` as `currentCells` gives it. */
export function conditionOf(filter: ExampleFilter, current: readonly string[]): Condition {
  const parts = PARTS.flatMap((part) => part(filter, current) ?? []);
  return {
    sql: parts.length === 0 ? '1' : parts.map(({ sql }) => sql).join(' AND '),
    parameters: Object.assign({}, ...parts.map(({ parameters }) => parameters ?? {})) as StoreRow,
  };
}

function oneOf(column: string, name: string, values: readonly string[] | undefined): Part | null {
  if (values === undefined) return null;
  return { sql: `${column} IN {${name}:Array(String)}`, parameters: { [name]: values } };
}

function equal(column: string, name: string, value: string | undefined): Part | null {
  if (value === undefined) return null;
  return { sql: `${column} = {${name}:String}`, parameters: { [name]: value } };
}

function annotated(condition: string, wanted: boolean | undefined): Part | null {
  return wanted === undefined ? null : { sql: within('trace_id', `${MARKS} WHERE ${condition}`, wanted) };
}

function marked(condition: string, parameters: StoreRow): Part {
  return { sql: within('trace_id', `${MARKS} WHERE ${condition}`, true), parameters };
}

function within(expression: string, set: string, wanted: boolean): string {
  const bracketed = set.startsWith('{') ? set : `(${set})`;
  return `${expression} ${wanted ? 'IN' : 'NOT IN'} ${bracketed}`;
}
