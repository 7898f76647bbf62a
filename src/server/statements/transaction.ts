import { SqlError } from '../../errors.ts';
import type { Session } from '../session/session.ts';
import type { SourceStatement } from './source-statement.ts';
import { WordReader } from './word-reader.ts';
import { type SessionPlan, commandPlan } from './session-plan.ts';

/** BEGIN and START TRANSACTION, with their modes. */
export function beginPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  const word = reader.take().toUpperCase();
  if (!reader.accept('WORK')) reader.accept('TRANSACTION');
  const readOnly = transactionModes(reader);
  return commandPlan(source.text, 'control', async (session) => {
    session.transaction.requireSound();
    if (session.transaction.inBlock) warn(session, '25001', 'there is already a transaction in progress');
    else await begin(session, readOnly);
    return word === 'START' ? 'START TRANSACTION' : 'BEGIN';
  });
}

async function begin(session: Session, readOnly: boolean | null): Promise<void> {
  const only = readOnly ?? session.settings.known('default_transaction_read_only') === 'on';
  await session.transaction.beginBlock(only);
  if (only) session.settings.setLocal('transaction_read_only', 'on');
}

/** ISOLATION LEVEL …, READ ONLY, READ WRITE, [NOT] DEFERRABLE. Gives whether the transaction may only read. */
export function transactionModes(reader: WordReader): boolean | null {
  let readOnly: boolean | null = null;
  while (!reader.atEnd) {
    if (reader.accept('READ', 'ONLY')) readOnly = true;
    else if (reader.accept('READ', 'WRITE')) readOnly = false;
    else if (reader.accept('ISOLATION', 'LEVEL')) isolationLevel(reader);
    else if (!reader.accept('NOT', 'DEFERRABLE') && !reader.accept('DEFERRABLE')) throw reader.syntaxError();
    reader.acceptSign(',');
  }
  return readOnly;
}

/** Every level is served by DuckDB's snapshots, which are at least as strict as REPEATABLE READ. */
function isolationLevel(reader: WordReader): void {
  const known =
    reader.accept('SERIALIZABLE') ||
    reader.accept('REPEATABLE', 'READ') ||
    reader.accept('READ', 'COMMITTED') ||
    reader.accept('READ', 'UNCOMMITTED');
  if (!known) throw reader.syntaxError();
}

/** COMMIT and END. A failed block is rolled back, and its tag says so. */
export function commitPlan(source: SourceStatement): SessionPlan {
  endOfTransaction(source);
  return commandPlan(source.text, 'control', async (session) => {
    if (!session.transaction.inBlock) warn(session, '25P01', 'there is no transaction in progress');
    return (await session.transaction.commit()) ? 'COMMIT' : 'ROLLBACK';
  });
}

/** ROLLBACK and ABORT. */
export function rollbackPlan(source: SourceStatement): SessionPlan {
  endOfTransaction(source);
  return commandPlan(source.text, 'control', async (session) => {
    if (!session.transaction.inBlock) warn(session, '25P01', 'there is no transaction in progress');
    await session.transaction.rollback();
    return 'ROLLBACK';
  });
}

function endOfTransaction(source: SourceStatement): void {
  const reader = new WordReader(source);
  const word = reader.take().toUpperCase();
  if (!reader.accept('WORK')) reader.accept('TRANSACTION');
  if (reader.accept('AND', 'CHAIN')) throw new SqlError('0A000', `${word} AND CHAIN is not supported`);
  reader.accept('AND', 'NO', 'CHAIN');
  if (reader.accept('PREPARED')) throw new SqlError('0A000', 'prepared transactions are not supported');
  reader.end();
}

function warn(session: Session, code: string, message: string): void {
  session.notice({ severity: 'WARNING', code, message });
}
