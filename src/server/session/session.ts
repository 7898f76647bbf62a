import { randomUUID } from 'node:crypto';
import { type Notice, SqlError } from '../../errors.ts';
import { readSemanticSettings } from '../../operators/evaluation/semantic-settings.ts';
import type { SemanticSettings } from '../../operators/evaluation/statement-scope.ts';
import type { Role } from '../access/role.ts';
import { requireDatabase } from '../access/access-control.ts';
import type { CurrentRole } from '../access/current-role.ts';
import type { CatalogUse } from '../catalog/catalog-use.ts';
import { refreshSnapshot } from '../catalog/snapshot.ts';
import { activityVariable, roleVariables, type SessionActivity } from '../catalog/session-variables.ts';
import type { Translated } from '../dialect/translated.ts';
import { IDENTITY_MAP } from '../dialect/source-map.ts';
import type { BoundParameters } from '../statements/bound-parameters.ts';
import type { Plan } from '../statements/plan.ts';
import type { Database, EngineConnection } from '../engine/engine-connection.ts';
import type { TextStyle } from '../wire/types/text-style.ts';
import type { TypedColumn } from '../wire/types/typed-column.ts';
import type { Listener } from './channels.ts';
import { EngineSettings } from './engine-settings.ts';
import { Journal, type JournalEntry } from './journal.ts';
import { milliseconds } from './milliseconds.ts';
import { roleRows } from './role-rows.ts';
import { hiddenActivity, sessionActivity } from './session-activity.ts';
import type { Portal } from './portal.ts';
import type { PreparedStatement } from './prepared-statement.ts';
import type { RowCursor } from './row-cursor.ts';
import { type SequencePosition, sequencePositions } from './replayed-sequences.ts';
import { Savepoints } from './savepoints.ts';
import type { ServerContext } from './server-context.ts';
import { SessionLocks } from './session-locks.ts';
import { type GuardedSession, SessionGuard } from './session-guard.ts';
import { SessionStyle } from './session-style.ts';
import { Settings } from './settings.ts';
import { shownSql } from './shown-sql.ts';
import { statementRecord } from './statement-record.ts';
import { StatementRun } from './statement-run.ts';
import type { StatementTables } from './statement-tables.ts';
import { Subscriptions } from './subscriptions.ts';
import { Transaction } from './transaction.ts';

/** Of a statement that goes to DuckDB as it is. */
const UNTRANSLATED: Omit<Translated, 'sql'> = Object.freeze({
  before: Object.freeze([]),
  columns: null,
  parameters: [],
  map: IDENTITY_MAP,
  bound: null,
  catalogObjects: new Set<string>(),
  readsSnapshot: false,
});

/** It is there without being made. */
const DEFAULT_DATABASE = 'default';

/** What shows the accounts, which others may have changed. */
const ROLE_RELATIONS = Object.freeze(['pg_roles', 'pg_authid', 'pg_user', 'pg_shadow', 'pg_auth_members']);

/** Who a client says it is, after it has proved it. */
export interface SessionOptions {
  readonly pid: number;
  readonly user: string;
  /** What the user may do. */
  readonly role: CurrentRole;
  readonly database: string;
  /** Settings given at start-up, by lower-case name. */
  readonly settings: ReadonlyMap<string, string>;
  readonly clientAddress: string | null;
  readonly notice: (notice: Notice) => void;
  readonly notified: Listener;
  /** Told why a statement is to stop that may be waiting for its client to read. */
  readonly stopped?: (reason: SqlError) => void;
}

/** A cursor of SQL: DECLARE makes it, FETCH moves it. */
export interface SqlCursor {
  readonly name: string;
  readonly rows: RowCursor;
  readonly columns: readonly TypedColumn[];
  readonly withHold: boolean;
}

/** What one client has made of its connection: settings, transaction, prepared statements, portals, cursors. */
export class Session {
  readonly id = randomUUID();
  readonly settings: Settings;
  readonly engineSettings: EngineSettings;
  readonly guard: SessionGuard;
  readonly tables: StatementTables;
  readonly transaction: Transaction;
  readonly subscriptions: Subscriptions;
  /** What the open transaction did, and the places to which it can go back. */
  readonly journal = new Journal<Session>();
  readonly savepoints = new Savepoints();
  #sequences: readonly SequencePosition[] | null = null;
  readonly locks: SessionLocks;
  readonly statements = new Map<string, PreparedStatement<Session>>();
  readonly portals = new Map<string, Portal<Session>>();
  readonly cursors = new Map<string, SqlCursor>();
  readonly #style: SessionStyle;
  #running: StatementRun | null = null;
  #semantic: { readonly version: number; readonly role: Role; readonly settings: SemanticSettings } | null =
    null;
  #assumed: string | null = null;
  #query: { readonly sql: string; readonly startedAt: Date | null } = { sql: '', startedAt: null };

  private constructor(
    readonly context: ServerContext,
    readonly options: SessionOptions,
    readonly connection: EngineConnection,
    private readonly database: Database,
  ) {
    const superuser = options.role().superuser ? 'on' : 'off';
    const initial = new Map([...options.settings, ['is_superuser', superuser] as const]);
    this.settings = new Settings(initial, () => this.role.settings);
    this.#style = new SessionStyle(this.settings);
    this.engineSettings = new EngineSettings(connection, this.settings);
    this.locks = new SessionLocks(context.backends.locks, options.pid);
    this.guard = new SessionGuard(this.#guarded(), context.roles);
    this.tables = context.tables(connection, options.user);
    this.subscriptions = new Subscriptions(context.channels, options.database, options.notified);
    this.transaction = new Transaction(connection, this.settings, this.tables, (kept) => this.#ended(kept));
  }

  /** Throws SqlError 3D000 where there is no such database and 22023 where a setting cannot be. */
  static async open(context: ServerContext, options: SessionOptions): Promise<Session> {
    await requireMaking(context, options);
    const database = await context.databases.open(options.database);
    const connection = await database.connect();
    try {
      const session = new Session(context, options, connection, database);
      await session.tables.install();
      await session.engineSettings.begin({
        user: options.user,
        backendPid: options.pid,
        clientAddress: options.clientAddress,
        serverStarted: context.startedAt,
      });
      await session.guard.follow();
      return session;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Whose rights the statement at hand has. Throws a FATAL SqlError once the role was dropped. */
  get role(): Role {
    const own = this.options.role();
    return this.#assumed === null ? own : (this.context.roles.get(this.#assumed) ?? own);
  }

  /** Of the sessions of that user, as PostgreSQL has it: none but the superuser stops a superuser. */
  maySignal(user: string): boolean {
    const { role } = this;
    if (role.superuser || role.name === user) return true;
    const { roles } = this.context;
    return roles.get(user)?.superuser === false && roles.has(role, 'pg_signal_backend');
  }

  /** Statements of other roles are for those who watch over them. */
  #activity(): readonly SessionActivity[] {
    const { role, context } = this;
    const all = context.backends.list().map(sessionActivity);
    if (context.roles.has(role, 'pg_read_all_stats') || context.roles.has(role, 'pg_monitor')) return all;
    return all.map((one) => (one.user === role.name ? one : hiddenActivity(one)));
  }

  #guarded(): GuardedSession {
    const role = (): Role => this.role;
    return {
      get role() {
        return role();
      },
      connection: this.connection,
      inTransaction: () => this.transaction.open,
    };
  }

  /** SET ROLE; null goes back. Throws SqlError 42501 for a role that the user is no member of. */
  assume(name: string | null): void {
    const own = this.options.role();
    const { roles } = this.context;
    if (name !== null && name !== own.name && !own.superuser && !roles.rightsOf(own).has(name)) {
      throw new SqlError('42501', `permission denied to set role "${name}"`);
    }
    this.#assumed = name;
  }

  get query(): { readonly sql: string; readonly startedAt: Date | null } {
    return this.#query;
  }

  /** In the words of pg_stat_activity. */
  get state(): SessionActivity['state'] {
    if (this.#running !== null) return 'active';
    const { status } = this.transaction;
    return status === 'I' ? 'idle' : `idle in transaction${status === 'E' ? ' (aborted)' : ''}`;
  }

  style(): TextStyle {
    return this.#style.current();
  }

  notice(notice: Notice): void {
    this.options.notice(notice);
  }

  /** What a statement has to say goes to its client and to the server's console. */
  #tell(notice: Notice): void {
    this.notice(notice);
    const fields = { session: this.id, database: this.options.database };
    if (notice.severity === 'WARNING') this.context.log.warn(fields, notice.message);
    else this.context.log.info(fields, notice.message);
  }

  newRun(): StatementRun {
    return new StatementRun({
      sessionId: this.id,
      settings: this.#semanticSettings(),
      notice: (notice) => this.#tell(notice),
      database: this.database.queries,
      interrupt: (reason) => {
        this.connection.interrupt();
        this.options.stopped?.(reason);
      },
      ended: (run) => this.context.statements?.(statementRecord(run, this.options)),
    });
  }

  /** Read again when a setting has changed, or the role, which bounds them. */
  #semanticSettings(): SemanticSettings {
    const { role } = this;
    const { version } = this.settings;
    if (this.#semantic?.version !== version || this.#semantic.role !== role)
      this.#semantic = { version, role, settings: readSemanticSettings((name) => this.settings.get(name)) };
    return this.#semantic.settings;
  }

  /** Does one step of a statement, during which it can be cancelled and times out. */
  async during<T>(run: StatementRun, sql: string, step: () => Promise<T>, isParse = false): Promise<T> {
    this.#running = run;
    const shown = shownSql(sql);
    const begunAt = performance.now();
    run.sql = shown;
    run.stepBegins();
    this.#query = { sql: shown, startedAt: new Date() };
    run.resume(milliseconds('statement_timeout', this.settings.known('statement_timeout')));
    let end: () => void = () => undefined;
    try {
      end = await this.context.admission.begin(run.scope.signal);
      const result = await step();
      await this.#settle();
      if (!isParse) this.#tellEnded(run, begunAt, null);
      return result;
    } catch (error) {
      const failure = run.failure(error);
      this.#tellEnded(run, begunAt, failure);
      throw failure;
    } finally {
      end();
      run.pause();
      run.stepEnds();
      this.#running = null;
    }
  }

  /** A Parse is not a statement of its own, but for one that fails. */
  #tellEnded(run: StatementRun, begunAt: number, error: unknown): void {
    const durationMs = performance.now() - begunAt;
    this.context.ended?.({
      statementId: run.scope.statementId,
      sessionId: this.id,
      command: /[a-z]+/i.exec(run.sql)?.[0].toLowerCase() ?? '',
      sql: run.sql,
      database: this.options.database,
      user: this.options.user,
      startedAt: Date.now() - durationMs,
      durationMs,
      rows: run.rows,
      error,
    });
  }

  /** SQL's set_config(): `local` lasts until the transaction ends. */
  setConfig(name: string, value: string | null, local: boolean): string {
    if (value === null) this.settings.reset(name);
    else if (!local) this.settings.set(name, value);
    else if (this.transaction.open) this.settings.setLocal(name, value);
    return value ?? this.settings.known(name);
  }

  /** Where sequences stood when the block began to change data. */
  get sequences(): readonly SequencePosition[] {
    return this.#sequences ?? [];
  }

  /** Before a statement that may draw from a sequence, once in a block. */
  async noteSequences({ sql, replay }: Plan<Session>): Promise<void> {
    if (this.#sequences !== null || this.transaction.status !== 'T') return;
    if (replay.endsWith('change') || /nextval/i.test(sql))
      this.#sequences = await sequencePositions(this.connection);
  }

  /** After a statement was begun, before its rows are sent; null where no transaction is open. */
  record(plan: Plan<Session>, parameters: BoundParameters): JournalEntry<Session> | null {
    return this.transaction.open ? this.journal.record(plan, parameters) : null;
  }

  /** Stops the statement in flight; nothing where none is. */
  cancel(reason: SqlError): void {
    this.#running?.abort(reason);
  }

  /** A statement as DuckDB is to get it: the session's dialect decides. */
  translate(sql: string): Translated {
    if (this.settings.known('rvbbit.dialect') === 'postgres') return this.context.dialect.translate(sql);
    return { ...UNTRANSLATED, sql };
  }

  /** Throws SqlError 42501 where a query, as DuckDB is to get it, reads more than tables. */
  boundedQuery(sql: string): Promise<void> {
    return this.database.queries.check(sql, this.context.operators());
  }

  /** Before a statement that uses the catalogue is described or run. */
  async refreshCatalog({ catalogObjects, readsSnapshot }: CatalogUse): Promise<void> {
    if (readsSnapshot) await refreshSnapshot((sql) => this.connection.runInternal(sql));
    if (ROLE_RELATIONS.some((name) => catalogObjects.has(name))) {
      const { roles, members } = roleRows(this.context.roles, this.options.role());
      for (const sql of roleVariables(roles, members)) await this.connection.runInternal(sql);
    }
    if (!catalogObjects.has('pg_stat_activity')) return;
    await this.connection.runInternal(activityVariable(this.#activity()));
  }

  /** A simple query does away with the unnamed statement and portal. */
  async dropUnnamed(): Promise<void> {
    this.statements.delete('');
    await this.portals.get('')?.close();
    this.portals.delete('');
  }

  async closePortals(which: (portal: Portal<Session>) => boolean = () => true): Promise<void> {
    for (const portal of [...this.portals.values()].filter(which)) {
      this.portals.delete(portal.name);
      await portal.close();
    }
  }

  async closeCursors(which: (cursor: SqlCursor) => boolean = () => true): Promise<void> {
    for (const cursor of [...this.cursors.values()].filter(which)) {
      this.cursors.delete(cursor.name);
      await cursor.rows.close();
    }
  }

  async close(): Promise<void> {
    this.cancel(new SqlError('57P01', 'terminating connection', { severity: 'FATAL' }));
    this.subscriptions.close();
    await this.closePortals();
    await this.closeCursors();
    try {
      await this.transaction.rollback();
    } finally {
      this.locks.release('all');
      await this.connection.close();
    }
  }

  /** What functions of the statement changed takes effect. */
  async #settle(): Promise<void> {
    if (!this.transaction.open) {
      this.subscriptions.commit();
      this.locks.release('transaction');
    }
    if (this.transaction.status !== 'E') await this.engineSettings.follow();
  }

  async #ended(committed: boolean): Promise<void> {
    this.journal.clear();
    this.savepoints.clear();
    this.#sequences = null;
    this.locks.release('transaction');
    await this.closePortals();
    await this.closeCursors((cursor) => !(committed && cursor.withHold));
    if (committed) this.subscriptions.commit();
    else this.subscriptions.rollback();
    await this.engineSettings.follow();
  }
}

/** A database is made by connecting to it, which needs CREATEDB. Throws SqlError 3D000. */
async function requireMaking(
  { databases }: ServerContext,
  { role, database }: SessionOptions,
): Promise<void> {
  const own = role();
  requireDatabase(own, database);
  if (own.superuser || own.createDb || database === DEFAULT_DATABASE) return;
  if ((await databases.names()).includes(database)) return;
  throw new SqlError('3D000', `database "${database}" does not exist`, { severity: 'FATAL' });
}
