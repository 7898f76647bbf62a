import { SqlError } from '../../errors.ts';
import { knownSetting } from '../session/known-settings.ts';
import type { Session } from '../session/session.ts';
import { sqlErrorOfDuckDB } from './duckdb-error.ts';
import { queryPlan } from './query.ts';
import type { SourceStatement } from './source-statement.ts';
import { transactionModes } from './transaction.ts';
import { WordReader } from './word-reader.ts';
import { type SessionPlan, commandPlan } from './session-plan.ts';

type Scope = 'session' | 'local';

/** SET [SESSION | LOCAL] name {TO | =} value, SET TIME ZONE, SET TRANSACTION, SET SESSION CHARACTERISTICS, SET ROLE. */
export function setPlan(source: SourceStatement, session: Session): SessionPlan | Promise<SessionPlan> {
  const reader = new WordReader(source);
  reader.expect('SET');
  if (reader.accept('TRANSACTION')) return modesPlan(source, reader, 'transaction_read_only');
  if (reader.accept('SESSION', 'CHARACTERISTICS', 'AS', 'TRANSACTION')) {
    return modesPlan(source, reader, 'default_transaction_read_only');
  }
  const scope: Scope = reader.accept('LOCAL') ? 'local' : 'session';
  if (scope === 'session') reader.accept('SESSION');
  const { name, value } = assignment(reader);
  return isForDuckDB(name) ? queryPlan(source, 'set', session) : assignmentPlan(source, scope, name, value);
}

/** RESET name, RESET ALL, RESET SESSION AUTHORIZATION. */
export function resetPlan(source: SourceStatement, session: Session): SessionPlan | Promise<SessionPlan> {
  const reader = new WordReader(source);
  reader.expect('RESET');
  if (reader.accept('ALL')) return changePlan(source, 'RESET', ({ settings }) => settings.resetAll());
  if (reader.accept('SESSION', 'AUTHORIZATION') || reader.accept('ROLE')) {
    return rolePlan(source, 'RESET', null);
  }
  const name = reader.accept('TIME', 'ZONE') ? 'TimeZone' : settingName(reader);
  reader.end();
  if (isForDuckDB(name)) return queryPlan(source, 'reset', session);
  return changePlan(source, 'RESET', ({ settings }) => settings.reset(name));
}

/** The name of a setting: words joined by dots. */
export function settingName(reader: WordReader): string {
  let name = reader.name();
  while (reader.acceptSign('.')) name += `.${reader.name()}`;
  return name;
}

/** DuckDB's own settings are DuckDB's to know. */
export function isForDuckDB(name: string): boolean {
  return knownSetting(name) === undefined && !name.includes('.') && !ROLE_NAMES.has(name);
}

/** SET ROLE and SET SESSION AUTHORIZATION. */
const ROLE_NAMES: ReadonlySet<string> = new Set(['role', 'session_authorization']);

function assignment(reader: WordReader): { readonly name: string; readonly value: string | null } {
  if (reader.accept('TIME', 'ZONE')) return { name: 'TimeZone', value: zone(reader) };
  if (reader.accept('ROLE')) return { name: 'role', value: values(reader) };
  if (reader.accept('AUTHORIZATION')) return { name: 'session_authorization', value: values(reader) };
  if (reader.accept('NAMES')) return { name: 'client_encoding', value: values(reader) };
  if (reader.accept('SCHEMA')) return { name: 'search_path', value: values(reader) };
  const name = settingName(reader);
  if (!reader.acceptSign('=')) reader.accept('TO');
  if (isForDuckDB(name)) return { name, value: null };
  return { name, value: values(reader, name === 'search_path') };
}

/** `INTERVAL '+02:00' HOUR TO MINUTE` is an offset, like the text or number alone. */
function zone(reader: WordReader): string | null {
  if (!reader.accept('INTERVAL')) return values(reader);
  const offset = reader.string();
  reader.accept('HOUR', 'TO', 'MINUTE');
  reader.end();
  return offset;
}

/** One value or several with commas; null for DEFAULT. */
function values(reader: WordReader, quoteNames = false): string | null {
  if (reader.accept('DEFAULT')) return null;
  const list: string[] = [];
  do list.push(quoteNames && reader.next.kind === 'quoted_name' ? reader.take() : reader.value());
  while (reader.acceptSign(','));
  reader.end();
  return list.join(', ');
}

function assignmentPlan(
  source: SourceStatement,
  scope: Scope,
  name: string,
  value: string | null,
): SessionPlan {
  if (ROLE_NAMES.has(name)) return rolePlan(source, 'SET', value);
  return changePlan(source, 'SET', (session) => {
    if (scope === 'session') {
      if (value === null) session.settings.reset(name);
      else session.settings.set(name, value);
      return;
    }
    if (!session.transaction.open) warnOutside(session, 'SET LOCAL');
    else session.settings.setLocal(name, value ?? session.settings.known(name));
  });
}

/** A superuser gives up rights by it; it gives nobody any. */
function rolePlan(source: SourceStatement, tag: string, value: string | null): SessionPlan {
  const name = value === null || value.toLowerCase() === 'none' ? null : value;
  return commandPlan(source.text, 'work', async (session) => {
    session.assume(name);
    return tag;
  });
}

/** A change that DuckDB refuses is taken back. */
function changePlan(source: SourceStatement, tag: string, change: (session: Session) => void): SessionPlan {
  return commandPlan(
    source.text,
    'work',
    async (session) => {
      const undo = session.settings.snapshot();
      change(session);
      try {
        await session.engineSettings.follow();
      } catch (error) {
        undo();
        throw sqlErrorOfDuckDB(error, source.text);
      }
      return tag;
    },
    'again',
  );
}

function modesPlan(source: SourceStatement, reader: WordReader, setting: string): SessionPlan {
  if (reader.accept('SNAPSHOT')) throw new SqlError('0A000', 'exported snapshots are not supported');
  const readOnly = transactionModes(reader);
  return commandPlan(source.text, 'work', async (session) => {
    const local = setting === 'transaction_read_only';
    if (local && !session.transaction.open) warnOutside(session, 'SET TRANSACTION');
    else if (readOnly !== null) await setReadOnly(session, setting, readOnly, local);
    return 'SET';
  });
}

/** DuckDB takes the mode when a transaction begins: one that has done nothing yet is begun anew. */
async function setReadOnly(
  session: Session,
  setting: string,
  readOnly: boolean,
  local: boolean,
): Promise<void> {
  const value = readOnly ? 'on' : 'off';
  if (!local) {
    session.settings.set(setting, value);
    return;
  }
  await session.transaction.restart(readOnly);
  session.settings.setLocal(setting, value);
}

function warnOutside(session: Session, command: string): void {
  session.notice({
    severity: 'WARNING',
    code: '25P01',
    message: `${command} can only be used in transaction blocks`,
  });
}
