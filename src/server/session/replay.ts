import { PassThrough } from 'node:stream';
import { messageOf } from '../../errors.ts';
import type { Execution } from '../statements/plan.ts';
import { Output } from '../wire/output.ts';
import { RowDigest } from '../wire/rows/row-digest.ts';
import type { JournalEntry } from './journal.ts';
import type { StatementRun } from './statement-run.ts';

/**
 * Runs statements of a transaction again, in a new one. Gives why they did not do what they did before, as far as their
 * client saw it; null where they did.
 */
export async function replay<S>(
  entries: readonly JournalEntry<S>[],
  session: S,
  run: StatementRun,
): Promise<string | null> {
  for (const entry of entries) {
    run.scope.signal.throwIfAborted();
    const difference = await replayOne(entry, session, run);
    if (difference !== null) return `${entry.plan.sql.trim().slice(0, 200)}: ${difference}`;
  }
  return null;
}

async function replayOne<S>(entry: JournalEntry<S>, session: S, run: StatementRun): Promise<string | null> {
  let execution: Execution;
  try {
    execution = await entry.plan.execute(session, entry.parameters, run);
  } catch (error) {
    if (run.scope.signal.aborted) throw error;
    return messageOf(error);
  }
  return execution.kind === 'rows' ? compareRows(entry, execution) : null;
}

async function compareRows<S>(
  { digest, encoder }: JournalEntry<S>,
  { cursor, owned }: Extract<Execution, { kind: 'rows' }>,
): Promise<string | null> {
  try {
    if (digest === null || encoder === null) return null;
    const now = new RowDigest();
    const sink = new Output(new PassThrough());
    while (now.rows < digest.rows) {
      const next = await cursor.peek();
      if (next === null) break;
      const end = Math.min(next.chunk.rowCount, next.row + digest.rows - now.rows);
      const count = encoder.write(sink, next.chunk, next.row, end) - next.row;
      now.add(sink, 0, count);
      sink.at = 0;
      cursor.advance(count);
    }
    return now.value === digest.value ? null : 'its rows are no longer those that were given';
  } catch (error) {
    return messageOf(error);
  } finally {
    if (owned) await cursor.close();
  }
}
