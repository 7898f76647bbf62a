import { type Notice, SqlError } from '../../../errors.ts';
import type { CurrentRole } from '../../access/current-role.ts';
import type { ServerContext } from '../../session/server-context.ts';
import { Session } from '../../session/session.ts';
import { sessionBackend } from '../../session/session-backend.ts';
import { joinTransaction } from '../../session/simple-query.ts';
import { NO_PARAMETERS } from '../../statements/bound-parameters.ts';
import type { Execution } from '../../statements/plan.ts';
import { endsTransaction, prepareStatement, sourceStatements } from '../../statements/prepare-statement.ts';
import type { SourceStatement } from '../../statements/source-statement.ts';
import { TextRows } from '../../wire/rows/text-rows.ts';
import { EventQueue } from './event-queue.ts';
import type { SqlEvent, SqlRequest, SqlRunner } from './sql-runner.ts';

/** Sessions of consoles that are kept; the one used longest ago is closed for another. */
const MOST_SESSIONS = 32;
const SECRET_BYTES = 32;

type DoneEvent = Extract<SqlEvent, { type: 'done' }>;

interface ConsoleSession {
  readonly session: Session;
  /** Where the notices of the run at hand go. */
  notice: (notice: Notice) => void;
  /** Runs of one console follow one another. */
  last: Promise<unknown>;
}

/** Statements of the web console: the sessions and the one path that the wire's clients use. */
export class SessionSqlRunner implements SqlRunner {
  readonly #sessions = new Map<string, Promise<ConsoleSession>>();

  constructor(private readonly context: ServerContext) {}

  databases(): Promise<readonly string[]> {
    return this.context.databases.names();
  }

  async *run(request: SqlRequest, signal: AbortSignal): AsyncGenerator<SqlEvent> {
    const own = await this.#sessionOf(request);
    const events = new EventQueue<SqlEvent>();
    const turn = own.last.then(() => runAll(own, request, signal, events)).finally(() => events.end());
    own.last = turn.catch(() => undefined);
    yield* events.read();
    await turn;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#sessions.values());
    this.#sessions.clear();
    for (const result of opened)
      if (result.status === 'fulfilled') await this.#closeSession(result.value.session);
  }

  async #sessionOf({ sessionKey, database, role }: SqlRequest): Promise<ConsoleSession> {
    const key = JSON.stringify([role().name, database, sessionKey]);
    const opening = this.#sessions.get(key) ?? openSession(this.context, database, role);
    this.#sessions.delete(key);
    this.#sessions.set(key, opening);
    opening.catch(() => this.#sessions.delete(key));
    await this.#closeOldest();
    return opening;
  }

  async #closeOldest(): Promise<void> {
    const [oldest] = this.#sessions;
    if (this.#sessions.size <= MOST_SESSIONS || oldest === undefined) return;
    this.#sessions.delete(oldest[0]);
    const { session, last } = await oldest[1];
    await last;
    await this.#closeSession(session);
  }

  async #closeSession(session: Session): Promise<void> {
    this.context.backends.remove(session.options.pid);
    await session.close();
  }
}

async function openSession(
  context: ServerContext,
  database: string,
  role: CurrentRole,
): Promise<ConsoleSession> {
  const { name } = role();
  const session = await Session.open(context, {
    pid: context.backends.newPid(),
    user: name,
    role,
    database,
    settings: new Map([
      ['application_name', 'rvbbit Studio'],
      ['session_authorization', name],
    ]),
    clientAddress: null,
    notice: (notice) => own.notice(notice),
    notified: () => undefined,
  });
  const secret = context.backends.newSecret(SECRET_BYTES);
  const line = { secret, address: null, port: null, terminate: (reason: SqlError) => session.cancel(reason) };
  context.backends.add(sessionBackend(session, line));
  const own: ConsoleSession = { session, notice: () => undefined, last: Promise.resolve() };
  return own;
}

async function runAll(
  own: ConsoleSession,
  request: SqlRequest,
  signal: AbortSignal,
  events: EventQueue<SqlEvent>,
): Promise<void> {
  const { session } = own;
  own.notice = (notice) => events.push({ type: 'notice', notice });
  const sources = sourceStatements(request.sql);
  try {
    for (const source of sources)
      await runSource(session, source, sources.length > 1, request, signal, events);
    await session.transaction.endImplicit();
  } catch (error) {
    await session.transaction.fail();
    throw error;
  }
}

async function runSource(
  session: Session,
  source: SourceStatement,
  shared: boolean,
  request: SqlRequest,
  signal: AbortSignal,
  events: EventQueue<SqlEvent>,
): Promise<void> {
  if (!endsTransaction(source)) session.transaction.requireSound();
  const run = session.newRun();
  const stop = (): void => run.abort(new SqlError('57014', 'canceling statement due to user request'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const { sessionId, statementId } = run.scope;
  events.push({ type: 'statement', session_id: sessionId, statement_id: statementId });
  try {
    await session.during(run, source.text, async () => {
      const plan = await prepareStatement(source, session);
      await joinTransaction(session, plan, shared);
      const execution = await plan.execute(session, NO_PARAMETERS, run);
      session.record(plan, NO_PARAMETERS);
      const end = await finish(session, execution, request.maxRows, events);
      run.rows = end.rows;
      events.push(end);
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function finish(
  session: Session,
  execution: Execution,
  most: number,
  events: EventQueue<SqlEvent>,
): Promise<DoneEvent> {
  switch (execution.kind) {
    case 'rows':
      return sendRows(session, execution, most, events);
    case 'done':
      return {
        type: 'done',
        tag: execution.tag,
        rows: Number(/\d+$/.exec(execution.tag)?.[0] ?? 0),
        truncated: false,
      };
    case 'empty':
      return { type: 'done', tag: '', rows: 0, truncated: false };
    case 'copyIn':
    case 'copyOut':
      throw new SqlError('0A000', 'COPY moves bytes that this console cannot carry', {
        hint: 'Use psql, or a SELECT and its export.',
      });
  }
}

async function sendRows(
  session: Session,
  { cursor, columns, limit, tag, owned }: Extract<Execution, { kind: 'rows' }>,
  maxRows: number,
  events: EventQueue<SqlEvent>,
): Promise<DoneEvent> {
  try {
    events.push({
      type: 'columns',
      columns: columns.map(({ name, duckType }) => ({ name, type: String(duckType) })),
    });
    const reader = new TextRows(cursor, columns, session.style());
    const most = Math.min(limit, maxRows);
    let sent = 0;
    while (sent < most) {
      const rows = await reader.next(most - sent);
      if (rows.length === 0) break;
      sent += rows.length;
      events.push({ type: 'rows', rows });
    }
    const truncated = sent === maxRows && (await cursor.peek()) !== null;
    return { type: 'done', tag: tag(sent), rows: sent, truncated };
  } finally {
    if (owned) await cursor.close();
  }
}
