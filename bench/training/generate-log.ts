import type { Store } from '../../src/training/log/store.ts';

export const CELLS = 50;

const INPUTS = `concat('{"criterion":"about topic ', toString(number % 7), '","text":"row ', toString(number), ' says ',
                  toString(cityHash64(number) % 100000), '"}')`;
const OUTPUT = "if(number % 3 = 0, 'true', 'false')";

/** Fills the log with rows made inside the store, of CELLS cells in turn, every hundredth of a cell marked. */
export async function generateLog(store: Store, rows: number): Promise<void> {
  const step = 500_000;
  for (let from = 0; from < rows; from += step) {
    const count = Math.min(step, rows - from);
    await store.command('log', logged(from, count));
    await store.command('marks', marked(from, count));
  }
}

/** The embedded engine takes a second INSERT … SELECT without a token for the first one sent again. */
function logged(from: number, count: number): string {
  return `
    INSERT INTO rvbbit.unified_logs
      (trace_id, timestamp, ingested, session_id, statement_id, run_id, caller, cascade_id, cell_name, fingerprint,
       inputs, output, answer_key, answer, request, response, model, provider, tokens_in, tokens_out, tokens_cached,
       duration_ms, retries, attempt, take)
    SETTINGS insert_deduplication_token = 'calls-${from}'
    SELECT concat('trace-', toString(number)), fromUnixTimestamp64Micro(1700000000000000 + number * 1000),
           1700000000000000 + number, 's', concat('st-', toString(intDiv(number, 1000))), toString(number), 'sql',
           concat('cascade_', toString(number % ${CELLS})), 'evaluate', 'fp',
           ${INPUTS}, ${OUTPUT}, concat('key-', toString(number)), 'true', '{}', '{}', 'm', 'p', 100,
           1, 0, 5, 0, 1, 1
    FROM numbers(${from}, ${count})`;
}

/** As they are written when a person marks: with what the call taught. */
function marked(from: number, count: number): string {
  return `
    INSERT INTO rvbbit.training_annotations
      (trace_id, cascade_id, cell_name, fingerprint, ingested, inputs, output, trainable, version)
    SETTINGS insert_deduplication_token = 'marks-${from}'
    SELECT concat('trace-', toString(number)), concat('cascade_', toString(number % ${CELLS})), 'evaluate', 'fp',
           1700000000000000 + number, ${INPUTS}, ${OUTPUT}, true, 1700000000000000 + number
    FROM numbers(${from}, ${count}) WHERE intDiv(number, ${CELLS}) % 100 = 0`;
}
