import type { Store } from '../../../training/log/store.ts';
import type { Call, WholeCall } from '../schemas/calls.ts';
import type { PageOf } from './examples.ts';

const SHOWN = 400;

/** Columns of a call in a list. */
const CALL = `trace_id, toString(timestamp) AS timestamp, run_id, parent_trace_id, toString(cascade_id) AS cascade_id,
  toString(cell_name) AS cell_name, toString(model) AS model, tokens_in, tokens_out, cost_usd, duration_ms, retries,
  attempt, take, length(example_ids) AS examples, toString(source) AS source, error`;

export interface CallFilter {
  readonly statement_id: string;
  readonly cascade_id?: string | undefined;
  readonly cell_name?: string | undefined;
  readonly failed?: boolean | undefined;
}

/** In the order in which they were logged. */
export async function readCalls(store: Store, filter: CallFilter, page: PageOf): Promise<Call[]> {
  const conditions = ['statement_id = {statement:String}'];
  if (filter.cascade_id !== undefined) conditions.push('cascade_id = {cascade:String}');
  if (filter.cell_name !== undefined) conditions.push('cell_name = {cell:String}');
  if (filter.failed !== undefined) conditions.push(`(error IS NOT NULL) = ${filter.failed}`);
  const rows = await store.query<Call>(
    'studio',
    `SELECT ${CALL}, substringUTF8(inputs, 1, ${SHOWN}) AS inputs, substringUTF8(output, 1, ${SHOWN}) AS output
     FROM rvbbit.unified_logs WHERE ${conditions.join(' AND ')}
     ORDER BY ingested, trace_id LIMIT ${page.limit} OFFSET ${page.offset}`,
    {
      statement: filter.statement_id,
      cascade: filter.cascade_id ?? '',
      cell: filter.cell_name ?? '',
    },
  );
  return [...rows];
}

export type LoggedCall = WholeCall['call'] & { readonly example_ids: readonly string[] };

/** Everything about one call; undefined where the log has none of that id. */
export async function readCall(store: Store, traceId: string): Promise<LoggedCall | undefined> {
  const rows = await store.query<LoggedCall>(
    'studio',
    `SELECT ${CALL}, inputs, output, session_id, statement_id, toString(caller) AS caller,
            toString(fingerprint) AS fingerprint, toString(provider) AS provider, tokens_cached, request, response,
            probability, training_trouble, example_ids
     FROM rvbbit.unified_logs WHERE trace_id = {id:String} LIMIT 1`,
    { id: traceId },
  );
  return rows[0];
}

/** Outputs of the cells of one run that ended before this call, by cell name. */
export async function readEarlierOutputs(
  store: Store,
  call: LoggedCall,
): Promise<Readonly<Record<string, string>>> {
  const rows = await store.query<{ cell_name: string; output: string }>(
    'studio',
    `SELECT toString(cell_name) AS cell_name, output FROM rvbbit.unified_logs
     WHERE cascade_id = {cascade:String} AND run_id = {run:String} AND error IS NULL AND cell_name != {cell:String}
     ORDER BY ingested`,
    { cascade: call.cascade_id, run: call.run_id, cell: call.cell_name },
  );
  return Object.fromEntries(rows.map((row) => [row.cell_name, row.output]));
}
