import type { Store } from './log/store.ts';

/** Tables that hold a call or something of it, and the column that names the call. */
const TABLES: readonly (readonly [table: string, column: string])[] = Object.freeze([
  ['rvbbit.training_annotations', 'trace_id'],
  ['rvbbit.training_annotation_history', 'trace_id'],
  ['rvbbit.training_examples', 'trace_id'],
  ['rvbbit.unified_logs', 'trace_id'],
]);

/** Ids in one statement; a UUID each. */
const IDS_PER_STATEMENT = 2_000;

/**
 * Removes calls from the log, with their marks and the marks' history, and the rows of answers that people verified on
 * them. Gives the inputs that they had, as logged. Gone when it resolves.
 */
export async function deleteCalls(store: Store, traceIds: readonly string[]): Promise<readonly string[]> {
  const inputs = new Set<string>();
  for (let from = 0; from < traceIds.length; from += IDS_PER_STATEMENT) {
    const ids = traceIds.slice(from, from + IDS_PER_STATEMENT);
    const rows = await store.query<{ trace_id: string; inputs: string }>(
      'tables',
      `SELECT trace_id, inputs FROM rvbbit.unified_logs
       WHERE trace_id IN {ids:Array(String)} OR (source = 'human' AND parent_trace_id IN {ids:Array(String)})`,
      { ids },
    );
    for (const row of rows) inputs.add(row.inputs);
    await deleteRows(store, [...new Set([...ids, ...rows.map((row) => row.trace_id)])]);
  }
  return [...inputs];
}

async function deleteRows(store: Store, ids: readonly string[]): Promise<void> {
  const list = ids.map(quoted).join(', ');
  for (const [table, column] of TABLES)
    await store.command(
      'marks',
      `DELETE FROM ${table} WHERE ${column} IN (${list}) SETTINGS mutations_sync = 1`,
    );
}

function quoted(id: string): string {
  return `'${id.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
