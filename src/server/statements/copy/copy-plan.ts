import { SqlError } from '../../../errors.ts';
import type { Session } from '../../session/session.ts';
import type { StatementRun } from '../../session/statement-run.ts';
import { describeStatement } from '../describe-statement.ts';
import { quotedName } from '../internal-query.ts';
import { queryPlan } from '../query.ts';
import { atSource, type SourceStatement } from '../source-statement.ts';
import { WordReader } from '../word-reader.ts';
import { CopyIn } from './copy-in.ts';
import { type CopyOptions, copyOptions } from './copy-options.ts';
import { CopyOut } from './copy-out.ts';
import { CopyTarget } from './copy-target.ts';
import { type Execution, NO_SHAPE } from '../plan.ts';
import { type SessionPlan, type PrepareStatement } from '../session-plan.ts';

/** COPY between a client and the database; COPY with a file is DuckDB's. */
export function copyPlan(
  source: SourceStatement,
  session: Session,
  prepare: PrepareStatement,
): SessionPlan | Promise<SessionPlan> {
  const reader = new WordReader(source);
  reader.expect('COPY');
  reader.accept('BINARY');
  if (reader.next.text === '(') return copyQuery(source, reader, session, prepare);
  const table = tableName(reader);
  const columns = reader.next.text === '(' ? columnNames(reader) : null;
  const list = columns === null ? '*' : columns.map(quotedName).join(', ');
  const query = `SELECT ${list} FROM ${table}`;
  if (reader.accept('FROM', 'STDIN')) return copyInPlan(source, table, query, copyOptions(reader));
  if (reader.accept('TO', 'STDOUT'))
    return copyOutPlan(source, { text: query, start: source.start }, copyOptions(reader), session, prepare);
  return fileCopy(source, reader, session);
}

async function copyQuery(
  source: SourceStatement,
  reader: WordReader,
  session: Session,
  prepare: PrepareStatement,
): Promise<SessionPlan> {
  const start = reader.offset + 1;
  const text = reader.bracketed();
  if (!reader.accept('TO', 'STDOUT')) return fileCopy(source, reader, session);
  return copyOutPlan(source, { text, start: source.start + start }, copyOptions(reader), session, prepare);
}

function fileCopy(source: SourceStatement, reader: WordReader, session: Session): Promise<SessionPlan> {
  const kind = reader.accept('FROM') ? 'copy_from' : 'copy_to';
  if (kind === 'copy_to') reader.expect('TO');
  if (reader.accept('PROGRAM')) throw new SqlError('0A000', 'COPY with a program is not supported');
  return queryPlan(source, kind, session);
}

/** As it is written, `public` being DuckDB's `main`. */
function tableName(reader: WordReader): string {
  const parts = [reader.name()];
  while (reader.acceptSign('.')) parts.push(reader.name());
  const named = parts.map((part, index) => (part === 'public' && index < parts.length - 1 ? 'main' : part));
  return named.map(quotedName).join('.');
}

function columnNames(reader: WordReader): readonly string[] {
  reader.expectSign('(');
  const names: string[] = [];
  do names.push(reader.name());
  while (reader.acceptSign(','));
  reader.expectSign(')');
  return names;
}

function copyInPlan(
  source: SourceStatement,
  table: string,
  query: string,
  options: CopyOptions,
): SessionPlan {
  return Object.freeze({
    sql: source.text,
    role: 'work',
    replay: 'unrepeatable_change',
    describe: async () => NO_SHAPE,
    execute: async (session, _parameters, run) => {
      const target = await targetOf(session, source, table, query);
      await session.transaction.beginImplicit();
      return { kind: 'copyIn', copy: new CopyIn(session, target, options, run) };
    },
  } satisfies SessionPlan);
}

async function targetOf(
  session: Session,
  source: SourceStatement,
  table: string,
  query: string,
): Promise<CopyTarget> {
  try {
    const { columns } = await describeStatement(session.connection, query);
    return new CopyTarget(table, columns ?? []);
  } catch (error) {
    throw atSource(error, source, () => source.text.search(/\s\S/) + 1);
  }
}

async function copyOutPlan(
  source: SourceStatement,
  inner: SourceStatement,
  options: CopyOptions,
  session: Session,
  prepare: PrepareStatement,
): Promise<SessionPlan> {
  const query = await prepare(inner, session);
  return Object.freeze({
    sql: source.text,
    role: 'work',
    replay: query.replay === 'change' ? 'unrepeatable_change' : 'unrepeatable',
    describe: async (current, declared) => ({ ...(await query.describe(current, declared)), columns: null }),
    execute: async (current, parameters, run: StatementRun): Promise<Execution> => {
      const execution = await query.execute(current, parameters, run);
      if (execution.kind !== 'rows') throw new SqlError('0A000', 'COPY query must have a RETURNING clause');
      return {
        kind: 'copyOut',
        copy: new CopyOut(execution.cursor, execution.columns, options, current.style()),
      };
    },
  } satisfies SessionPlan);
}
