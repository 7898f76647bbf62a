import { knownSetting } from '../session/known-settings.ts';
import type { Session } from '../session/session.ts';
import { unknownSetting } from '../session/settings.ts';
import { internalQueryPlan, quotedName, quotedText } from './internal-query.ts';
import { queryPlan } from './query.ts';
import { isForDuckDB, settingName } from './set.ts';
import type { SourceStatement } from './source-statement.ts';
import { WordReader } from './word-reader.ts';
import { type SessionPlan } from './session-plan.ts';

/** SHOW setting, SHOW ALL, SHOW TABLES [FROM schema] [LIKE pattern]; other forms are DuckDB's. */
export async function showPlan(source: SourceStatement, session: Session): Promise<SessionPlan> {
  const reader = new WordReader(source);
  reader.expect('SHOW');
  if (reader.accept('TABLES')) return tablesPlan(source, reader);
  if (reader.accept('TIME', 'ZONE')) return settingPlan(source, 'TimeZone');
  if (reader.accept('TRANSACTION', 'ISOLATION', 'LEVEL')) return settingPlan(source, 'transaction_isolation');
  if (reader.accept('SESSION', 'AUTHORIZATION')) return settingPlan(source, 'session_authorization');
  const name = settingName(reader);
  if (!reader.atEnd) return queryPlan(source, 'show', session);
  if (name === 'all') return allPlan(source);
  if (session.settings.get(name) !== undefined) return settingPlan(source, name);
  if (!isForDuckDB(name)) throw unknownSetting(name);
  return otherPlan(source, name, session);
}

function settingPlan(source: SourceStatement, name: string): SessionPlan {
  const shown = knownSetting(name)?.name ?? name;
  return internalQueryPlan(
    source.text,
    'SHOW',
    ({ settings }) => `SELECT ${quotedText(settings.known(name))} AS ${quotedName(shown)}`,
  );
}

function allPlan(source: SourceStatement): SessionPlan {
  return internalQueryPlan(source.text, 'SHOW', ({ settings }) => {
    const rows = settings.all().map((row) => `(${row.map(quotedText).join(', ')})`);
    return `SELECT * FROM (VALUES ${rows.join(', ')}) AS settings(name, setting, description)`;
  });
}

/** What every session sees, by the names that SQL gives it. */
function tablesPlan(source: SourceStatement, reader: WordReader): SessionPlan {
  const schema = reader.accept('FROM') || reader.accept('IN') ? reader.name() : null;
  const comparison = reader.accept('LIKE') ? 'LIKE' : reader.accept('ILIKE') ? 'ILIKE' : null;
  const pattern = comparison === null ? null : reader.string();
  reader.end();
  const conditions = [
    "NOT internal AND NOT starts_with(name, '_rvbbit') AND NOT starts_with(name, 'rvbbit_results_of_')",
    schema === null ? 'true' : `schema_name = ${quotedText(schema === 'public' ? 'main' : schema)}`,
    pattern === null ? 'true' : `name ${comparison ?? ''} ${quotedText(pattern)} ESCAPE '\\'`,
  ];
  return internalQueryPlan(source.text, 'SHOW', () => tablesQuery(conditions.join(' AND ')));
}

/** Temporary tables among them: the virtual tables of the log are such. */
function tablesQuery(condition: string): string {
  return `SELECT DISTINCT name FROM (
  SELECT table_name AS name, schema_name, internal, database_name FROM duckdb_tables()
  UNION ALL
  SELECT view_name, schema_name, internal, database_name FROM duckdb_views()
) WHERE database_name IN (current_database(), 'temp') AND ${condition} ORDER BY name`;
}

/** A setting of DuckDB's, or one of its own SHOW forms (`SHOW DATABASES`, `SHOW a_table`). */
async function otherPlan(source: SourceStatement, name: string, session: Session): Promise<SessionPlan> {
  const found = await session.connection.runInternal(
    `SELECT value FROM duckdb_settings() WHERE name = ${quotedText(name)}`,
  );
  if (found.length === 0) return queryPlan(source, 'show', session);
  session.guard.requireEngineSettings();
  const query = `SELECT current_setting(${quotedText(name)})::VARCHAR AS ${quotedName(name)}`;
  return internalQueryPlan(source.text, 'SHOW', () => query);
}
