import type { Store } from '../../../training/log/store.ts';
import type { ExampleRow } from '../schemas/examples.ts';
import { CONFLICTING } from './conflicts.ts';
import type { Place } from '../page-cursor.ts';
import type { Condition } from './example-conditions.ts';
import { CELL_KEY } from './current-cells.ts';

export interface PageOf {
  readonly limit: number;
  readonly offset: number;
  /** Rows behind this place only. */
  readonly after?: Place | undefined;
}

type Found = Place;

/** Newest first. Only the columns of the condition are read to find the page. */
export async function findExamples(
  store: Store,
  { sql, parameters }: Condition,
  { limit, offset, after }: PageOf,
): Promise<readonly Found[]> {
  const behind = 'AND (ingested < {at:UInt64} OR (ingested = {at:UInt64} AND trace_id > {behind:String}))';
  return store.query<Found>(
    'studio',
    `SELECT trace_id, ingested FROM rvbbit.training_examples WHERE ${sql} ${after === undefined ? '' : behind}
     ORDER BY ingested DESC, trace_id LIMIT ${limit} OFFSET ${offset}`,
    after === undefined ? parameters : { ...parameters, at: after.ingested, behind: after.trace_id },
  );
}

export async function countExamples(
  store: Store,
  { sql, parameters }: Condition,
): Promise<{ readonly total: number; readonly newest: number }> {
  const rows = await store.query<{ total: number; newest: number }>(
    'studio',
    `SELECT count() AS total, max(ingested) AS newest FROM rvbbit.training_examples WHERE ${sql}`,
    parameters,
  );
  return rows[0] ?? { total: 0, newest: 0 };
}

/** Whole rows in the order of `found`. `textLimit` cuts inputs and output to so many characters. */
export async function readExamples(
  store: Store,
  found: readonly Found[],
  current: readonly string[],
  textLimit: number | null = null,
): Promise<ExampleRow[]> {
  if (found.length === 0) return [];
  const text = (column: string) =>
    textLimit === null ? column : `substringUTF8(${column}, 1, ${textLimit}) AS ${column}`;
  const rows = await store.query<ExampleRow>(
    'studio',
    `SELECT e.* EXCEPT (ingested, inputs, output), ${text('inputs')}, ${text('output')},
            ${CELL_KEY} NOT IN {current:Array(String)} AS stale,
            trainable AND trace_id IN (${CONFLICTING}) AS conflict
     FROM rvbbit.training_examples_with_annotations AS e
     WHERE ingested IN {ingested:Array(UInt64)} AND trace_id IN {ids:Array(String)}`,
    { current, ingested: found.map((one) => one.ingested), ids: found.map((one) => one.trace_id) },
  );
  const byId = new Map(
    rows.map((row) => [row.trace_id, { ...row, stale: !!row.stale, conflict: !!row.conflict }]),
  );
  return found.flatMap(({ trace_id }) => byId.get(trace_id) ?? []);
}

/** In the order of the ids; unknown ones and failed calls are missing. */
export async function readExamplesById(
  store: Store,
  ids: readonly string[],
  current: readonly string[],
): Promise<ExampleRow[]> {
  if (ids.length === 0) return [];
  const rows = await store.query<Found>(
    'studio',
    'SELECT trace_id, ingested FROM rvbbit.training_examples WHERE trace_id IN {ids:Array(String)}',
    { ids },
  );
  const byId = new Map(rows.map((row) => [row.trace_id, row]));
  return readExamples(
    store,
    ids.flatMap((id) => byId.get(id) ?? []),
    current,
  );
}
