import { SqlError } from '../../errors.ts';
import type { Session } from '../session/session.ts';
import type { SourceStatement } from './source-statement.ts';
import { WordReader } from './word-reader.ts';
import { type SessionPlan, commandPlan } from './session-plan.ts';

/** DISCARD ALL, PLANS, SEQUENCES, TEMP. */
export function discardPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('DISCARD');
  const what = reader.take().toUpperCase();
  reader.end();
  if (what === 'ALL') return commandPlan(source.text, 'work', discardAll);
  if (what === 'TEMP' || what === 'TEMPORARY')
    return commandPlan(source.text, 'work', discardTemporary, 'change');
  if (what !== 'PLANS' && what !== 'SEQUENCES') throw reader.syntaxError();
  return commandPlan(source.text, 'work', async () => `DISCARD ${what}`);
}

async function discardAll(session: Session): Promise<string> {
  if (session.transaction.inBlock) {
    throw new SqlError('25001', 'DISCARD ALL cannot run inside a transaction block');
  }
  await session.closeCursors();
  session.statements.clear();
  session.subscriptions.unlisten(null);
  session.subscriptions.commit();
  session.locks.release('session');
  session.settings.resetAll();
  await session.engineSettings.follow();
  await discardTemporary(session);
  return 'DISCARD ALL';
}

/** The virtual tables are temporary tables too: they are made anew. */
async function discardTemporary(session: Session): Promise<string> {
  const tables = await session.connection.runInternal(
    `SELECT table_name FROM duckdb_tables() WHERE database_name = 'temp' AND NOT internal`,
  );
  for (const [name] of tables) {
    await session.connection.runInternal(`DROP TABLE temp."${String(name).replaceAll('"', '""')}"`);
  }
  await session.tables.install();
  return 'DISCARD TEMP';
}
