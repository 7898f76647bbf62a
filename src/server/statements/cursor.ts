import { SqlError } from '../../errors.ts';
import type { PreparedStatement } from '../session/prepared-statement.ts';
import type { Session, SqlCursor } from '../session/session.ts';
import type { BoundParameters } from './bound-parameters.ts';
import { errorAt, type SourceStatement } from './source-statement.ts';
import { quotedName } from './internal-query.ts';
import { WordReader } from './word-reader.ts';
import { type Execution, NO_SHAPE } from './plan.ts';
import { type SessionPlan, commandPlan, type PrepareStatement } from './session-plan.ts';

/** DECLARE name [BINARY] [INSENSITIVE] [[NO] SCROLL] CURSOR [{WITH | WITHOUT} HOLD] FOR query. */
export async function declarePlan(
  source: SourceStatement,
  session: Session,
  prepare: PrepareStatement,
): Promise<SessionPlan> {
  const reader = new WordReader(source);
  reader.expect('DECLARE');
  const name = reader.name();
  while (!reader.accept('CURSOR')) declareOption(reader);
  const withHold = reader.accept('WITH', 'HOLD');
  if (!withHold) reader.accept('WITHOUT', 'HOLD');
  reader.expect('FOR');
  const query = await prepare(reader.rest(), session);
  return Object.freeze({
    sql: source.text,
    role: 'work',
    replay: 'unrepeatable',
    describe: async (current, declared) => ({ ...(await query.describe(current, declared)), columns: null }),
    execute: (current, parameters, run) => declare(current, { name, withHold }, query, parameters, run),
  } satisfies SessionPlan);
}

function declareOption(reader: WordReader): void {
  const known =
    reader.accept('BINARY') ||
    reader.accept('INSENSITIVE') ||
    reader.accept('ASENSITIVE') ||
    reader.accept('NO', 'SCROLL') ||
    reader.accept('SCROLL');
  if (!known) throw reader.syntaxError();
}

async function declare(
  session: Session,
  { name, withHold }: Pick<SqlCursor, 'name' | 'withHold'>,
  query: SessionPlan,
  parameters: BoundParameters,
  run: Parameters<SessionPlan['execute']>[2],
): Promise<Execution> {
  if (!withHold && !session.transaction.open) {
    throw new SqlError('25P01', 'DECLARE CURSOR can only be used in transaction blocks');
  }
  if (session.cursors.has(name)) throw new SqlError('42P03', `cursor "${name}" already exists`);
  const execution = await query.execute(session, parameters, run);
  if (execution.kind !== 'rows')
    throw new SqlError('42P11', 'DECLARE CURSOR must name a query that gives rows');
  session.cursors.set(name, { name, withHold, rows: execution.cursor, columns: execution.columns });
  return { kind: 'done', tag: 'DECLARE CURSOR' };
}

/** FETCH and MOVE, forward alone. */
export function fetchPlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  const command = reader.take().toUpperCase();
  const count = fetchCount(reader);
  if (!reader.accept('FROM')) reader.accept('IN');
  const name = reader.name();
  reader.end();
  const execute = command === 'MOVE' ? move : fetch;
  return Object.freeze({
    sql: source.text,
    role: 'work',
    replay: 'unrepeatable',
    describe: async (session) =>
      command === 'MOVE' ? NO_SHAPE : { parameters: [], columns: cursorNamed(session, name).columns },
    execute: (session) => execute(cursorNamed(session, name), count),
  } satisfies SessionPlan);
}

/** A cursor as the protocol's messages see it: it shares its names with portals, and an Execute fetches from it. */
export function cursorStatement({ name, columns }: SqlCursor): PreparedStatement<Session> {
  const sql = `FETCH ALL FROM ${quotedName(name)}`;
  return {
    name,
    sql,
    plan: fetchPlan({ text: sql, start: 0 }),
    shape: { parameters: [], columns },
    parameters: [],
  };
}

async function fetch({ rows, columns }: SqlCursor, count: number): Promise<Execution> {
  return { kind: 'rows', cursor: rows, columns, limit: count, tag: (sent) => `FETCH ${sent}`, owned: false };
}

async function move({ rows }: SqlCursor, count: number): Promise<Execution> {
  return { kind: 'done', tag: `MOVE ${await rows.skip(count)}` };
}

/** NEXT, FORWARD [n | ALL], ALL, n; nothing is 1. */
function fetchCount(reader: WordReader): number {
  const { offset } = reader;
  if (reader.accept('NEXT')) return 1;
  if (reader.accept('ALL')) return Infinity;
  const forward = reader.accept('FORWARD');
  if (forward && reader.accept('ALL')) return Infinity;
  if (reader.next.kind === 'number') return Number(reader.take());
  const backward = ['PRIOR', 'FIRST', 'LAST', 'ABSOLUTE', 'RELATIVE', 'BACKWARD'].some((word) =>
    reader.accept(word),
  );
  if (!backward && !reader.acceptSign('-')) return 1;
  const error = errorAt(reader.statement, offset, '55000', 'cursor can only scan forward');
  throw new SqlError(error.code, error.message, {
    position: offset + 1,
    hint: 'Fetch with NEXT, a count, FORWARD or ALL, or keep the rows in a temporary table.',
  });
}

export function closePlan(source: SourceStatement): SessionPlan {
  const reader = new WordReader(source);
  reader.expect('CLOSE');
  const name = reader.accept('ALL') ? null : reader.name();
  reader.end();
  return commandPlan(source.text, 'work', async (session) => {
    if (name !== null) cursorNamed(session, name);
    await session.closeCursors((cursor) => name === null || cursor.name === name);
    await session.closePortals((portal) => portal.name !== '' && (name === null || portal.name === name));
    return name === null ? 'CLOSE CURSOR ALL' : 'CLOSE CURSOR';
  });
}

function cursorNamed(session: Session, name: string): SqlCursor {
  const cursor = session.cursors.get(name) ?? startedPortal(session, name);
  if (cursor === undefined) throw new SqlError('34000', `cursor "${name}" does not exist`);
  return cursor;
}

/** A portal of the protocol is a cursor too, once its first rows were fetched: clients MOVE in it. */
function startedPortal(session: Session, name: string): SqlCursor | undefined {
  const execution = name === '' ? null : session.portals.get(name)?.execution;
  if (execution?.kind !== 'rows') return undefined;
  return { name, withHold: false, rows: execution.cursor, columns: execution.columns };
}
