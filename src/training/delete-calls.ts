import { randomUUID } from 'node:crypto';
import { quotedText } from './log/quoted-text.ts';
import type { Store } from './log/store.ts';

/** Tables that hold a call or something of it, and the column that names the call. */
const TABLES: readonly (readonly [table: string, column: string])[] = Object.freeze([
  ['rvbbit.training_annotations', 'trace_id'],
  ['rvbbit.training_annotation_history', 'trace_id'],
  ['rvbbit.training_examples', 'trace_id'],
  ['rvbbit.unified_logs', 'trace_id'],
]);

/** Its rows stay, and are emptied: other servers count them. */
const CHANGES = 'rvbbit.training_changes';

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
  await announceDeletion(store);
  return [...inputs];
}

/** Tells other servers on the log that calls are gone. */
export async function announceDeletion(store: Store): Promise<void> {
  await store.insert('marks', CHANGES, [{ trace_id: '' }], randomUUID());
}

async function deleteRows(store: Store, ids: readonly string[]): Promise<void> {
  const list = ids.map(quotedText).join(', ');
  for (const [table, column] of TABLES)
    await store.command(
      'marks',
      `DELETE FROM ${table} WHERE ${column} IN (${list}) SETTINGS mutations_sync = 1`,
    );
  await store.command(
    'marks',
    `ALTER TABLE ${CHANGES} UPDATE inputs = '', output = '', correction = NULL
     WHERE trace_id IN (${list}) SETTINGS mutations_sync = 1`,
  );
}
