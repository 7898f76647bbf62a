import { SqlError } from '../../errors.ts';
import { replay } from '../session/replay.ts';
import { ReplayedSequences, sequencePositions } from '../session/replayed-sequences.ts';
import type { Savepoint } from '../session/savepoints.ts';
import type { Session } from '../session/session.ts';
import { StatementRun } from '../session/statement-run.ts';
import type { SourceStatement } from './source-statement.ts';
import { type SessionPlan, commandPlan } from './session-plan.ts';
import { WordReader } from './word-reader.ts';

/** SAVEPOINT name. */
export function savepointPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('SAVEPOINT');
  const name = reader.name();
  reader.end();
  return commandPlan(source.text, 'control', async (session) => {
    requireBlock(session, 'SAVEPOINT');
    session.transaction.requireSound();
    session.savepoints.push(await here(session, name));
    return 'SAVEPOINT';
  });
}

/** RELEASE [SAVEPOINT] name: what was done since stays. */
export function releasePlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('RELEASE');
  const name = savepointName(reader);
  return commandPlan(source.text, 'control', async (session) => {
    requireBlock(session, 'RELEASE SAVEPOINT');
    session.transaction.requireSound();
    session.savepoints.release(session.savepoints.named(name));
    return 'RELEASE';
  });
}

/** ROLLBACK [WORK | TRANSACTION] TO [SAVEPOINT] name: heard in a failed block, which then goes on. */
export function rollbackToPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('ROLLBACK');
  if (!reader.accept('WORK')) reader.accept('TRANSACTION');
  reader.expect('TO');
  const name = savepointName(reader);
  return commandPlan(source.text, 'control', async (session, run) => {
    requireBlock(session, 'ROLLBACK TO SAVEPOINT');
    await rollbackTo(session, session.savepoints.named(name), run);
    return 'ROLLBACK';
  });
}

function savepointName(reader: WordReader): string {
  reader.accept('SAVEPOINT');
  const name = reader.name();
  reader.end();
  return name;
}

function requireBlock({ transaction }: Session, command: string): void {
  if (!transaction.inBlock) throw new SqlError('25P01', `${command} can only be used in transaction blocks`);
}

async function here(session: Session, name: string): Promise<Savepoint> {
  const settings = session.settings.snapshot();
  const subscriptions = session.subscriptions.snapshot();
  const cursors = new Set(session.cursors.values());
  const portals = new Set(session.portals.values());
  return {
    name,
    transaction: await session.transaction.id(),
    length: session.journal.length,
    changes: session.journal.changes,
    sequences: session.sequences.length === 0 ? [] : await sequencePositions(session.connection),
    async restore() {
      settings();
      subscriptions();
      await session.closeCursors((cursor) => !cursors.has(cursor));
      await session.closePortals((portal) => !portals.has(portal));
    },
  };
}

/**
 * DuckDB has no savepoints. Where nothing was changed since and its transaction has survived, there is nothing to undo;
 * else the statements before the savepoint are run again in a new transaction.
 */
async function rollbackTo(session: Session, savepoint: Savepoint, run: StatementRun): Promise<void> {
  const { journal, savepoints, transaction } = session;
  const untouched =
    journal.changes === savepoint.changes &&
    savepoint.transaction !== null &&
    (await transaction.id()) === savepoint.transaction;
  if (!untouched) await runAgain(session, savepoint, run);
  await savepoint.restore();
  journal.cut(savepoint.length);
  savepoints.returnedTo(savepoint, await transaction.id(), journal.changes);
  transaction.goOn();
}

async function runAgain(session: Session, savepoint: Savepoint, run: StatementRun): Promise<void> {
  const { journal, transaction } = session;
  const reason = journal.unrepeatable(savepoint.length);
  if (reason !== null) throw impossible(savepoint, reason);
  if (session.sequences.length > 0 && (await drawAgain(session, savepoint, run))) return;
  await transaction.startOver();
  await session.engineSettings.follow();
  const difference = await replay(journal.first(savepoint.length), session, quiet(run, session));
  if (difference !== null) throw changed(savepoint, difference);
}

/** With the values that sequences gave then. Gives whether all went as before: where it did not, nothing was done. */
async function drawAgain(session: Session, savepoint: Savepoint, run: StatementRun): Promise<boolean> {
  await session.transaction.startOver();
  await session.engineSettings.follow();
  const sequences = new ReplayedSequences(session.connection, session.sequences);
  await sequences.begin();
  const entries = session.journal.first(savepoint.length);
  if ((await replay(entries, session, quiet(run, session))) !== null) return false;
  return sequences.end(savepoint.sequences);
}

/** What statements have to say was said when they ran first. */
function quiet(run: StatementRun, session: Session): StatementRun {
  const { scope } = run;
  const again = new StatementRun({
    sessionId: scope.sessionId,
    settings: scope.settings,
    notice: () => undefined,
    interrupt: () => session.connection.interrupt(),
  });
  again.sql = run.sql;
  const stop = (): void => again.abort(scope.signal.reason as SqlError);
  if (scope.signal.aborted) stop();
  else scope.signal.addEventListener('abort', stop, { once: true });
  return again;
}

function impossible({ name }: Savepoint, reason: string): SqlError {
  return new SqlError('0A000', `cannot roll back to savepoint "${name}": ${reason}`, {
    detail: 'DuckDB has no savepoints: what came before one is run again, in a new transaction.',
    hint: 'ROLLBACK the whole transaction, or COMMIT before a step that may fail.',
  });
}

function changed({ name }: Savepoint, difference: string): SqlError {
  return new SqlError('40001', `could not roll back to savepoint "${name}"`, {
    detail: `DuckDB has no savepoints: what came before one is run again, and this time it went otherwise. ${difference}`,
    hint: 'ROLLBACK and run the transaction again.',
  });
}
