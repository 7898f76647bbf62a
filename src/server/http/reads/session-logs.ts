import type { Store } from '../../../training/log/store.ts';
import type { Call } from '../schemas/calls.ts';
import type { Place } from '../page-cursor.ts';
import type { PageOf } from './examples.ts';

export interface SessionLog extends Call {
  readonly statement_id: string;
  readonly caller: string;
  readonly provider: string;
  readonly trainable: boolean;
  readonly verified: boolean;
  /** null where nobody has marked the call. */
  readonly confidence: number | null;
}

/** In the order in which they were logged, whole texts. */
export async function readSessionLogs(
  store: Store,
  sessionId: string,
  { limit, offset, after }: PageOf,
): Promise<{ readonly logs: SessionLog[]; readonly total: number; readonly last: Place | null }> {
  const behind = 'WHERE ingested > {at:UInt64} OR (ingested = {at:UInt64} AND trace_id > {behind:String})';
  const rows = await store.query<SessionLog & Place & { readonly total: number }>(
    'studio',
    `SELECT l.*, ifNull(a.trainable, false) AS trainable, ifNull(a.verified, false) AS verified,
            if(ifNull(a.trace_id, '') = '', NULL, a.confidence) AS confidence
     FROM
     (
       SELECT * FROM (
       SELECT trace_id, toString(timestamp) AS timestamp, run_id, parent_trace_id,
              toString(cascade_id) AS cascade_id, toString(cell_name) AS cell_name, inputs, output,
              toString(model) AS model, tokens_in, tokens_out, cost_usd, duration_ms, retries, attempt, take,
              length(example_ids) AS examples, toString(source) AS source, error, statement_id,
              toString(caller) AS caller, toString(provider) AS provider, count() OVER () AS total, ingested
       FROM rvbbit.unified_logs WHERE session_id = {session:String}
       ) ${after === undefined ? '' : behind}
       ORDER BY ingested, trace_id LIMIT ${limit} OFFSET ${offset}
     ) AS l
     LEFT JOIN (SELECT * FROM rvbbit.training_annotations FINAL) AS a ON a.trace_id = l.trace_id
     ORDER BY ingested, trace_id`,
    { session: sessionId, ...(after === undefined ? {} : { at: after.ingested, behind: after.trace_id }) },
  );
  const logs = rows.map((row) => {
    const { total, ingested, ...log } = row;
    void total;
    void ingested;
    return { ...log, trainable: Boolean(log.trainable), verified: Boolean(log.verified) };
  });
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { logs, total: rows[0]?.total ?? 0, last: last ?? null };
}
