import { SqlError } from '../../errors.ts';
import type { StatementKind } from '../../operators/lexer/statement-kind.ts';
import { FILE_READERS, OPEN_TABLE_FUNCTIONS, REPLACEMENTS } from '../access/closed-names.ts';
import { guardEngineKind, guardKind } from '../access/guard-kind.ts';
import { guardStatement, type StatementLimits } from '../access/guard-statement.ts';
import type { RoleBook } from '../access/role-book.ts';
import type { Role } from '../access/role.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';

/** Extensions come by a superuser's LOAD alone once there are roles that are none. */
const NO_AUTOLOAD =
  'SET GLOBAL autoload_known_extensions = false; SET GLOBAL autoinstall_known_extensions = false';

const FUNCTIONS = `SELECT DISTINCT lower(function_name), function_type IN ('table', 'table_macro', 'pragma')
FROM duckdb_functions() WHERE internal`;

/** What DuckDB says in the place of a file, and as soon as it looks for the file's columns. */
const CLOSED_FILE =
  "SELECT * FROM range(error('permission denied to read files of the server' || left(path::VARCHAR, 0))::BIGINT)";

export interface GuardedSession {
  readonly role: Role;
  readonly connection: EngineConnection;
  readonly inTransaction: () => boolean;
}

/** Holds the statements of one session to what its role may touch. A superuser's pass as they are. */
export class SessionGuard {
  #limits: StatementLimits | null = null;
  #loads = -1;
  #filesClosed = false;

  constructor(
    private readonly session: GuardedSession,
    private readonly roles: RoleBook,
  ) {}

  /** Before the first statement, and whenever the role may be another one. */
  async follow(): Promise<void> {
    const { role, connection } = this.session;
    if (!role.superuser && this.#loads !== connection.loads) await this.#learn();
    const close = !role.superuser && !this.roles.has(role, 'pg_read_server_files');
    if (close !== this.#filesClosed) await this.#setFiles(close);
  }

  /** Of every statement. Throws SqlError. */
  requireKind(sql: string, kind: StatementKind): void {
    guardKind(sql, kind, this.session.role);
  }

  /** Of a statement that goes to DuckDB, as DuckDB is to get it. Throws SqlError. */
  async require(sql: string, kind: StatementKind): Promise<void> {
    await this.follow();
    const { role } = this.session;
    if (role.superuser || this.#limits === null) return;
    const readsFiles = this.roles.has(role, 'pg_read_server_files');
    guardKind(sql, kind, role);
    guardEngineKind(sql, kind, { readsFiles, writesFiles: this.roles.has(role, 'pg_write_server_files') });
    guardStatement(sql, { ...this.#limits, readsFiles });
  }

  /** DuckDB's own settings show keys of object stores. Throws SqlError. */
  requireEngineSettings(): void {
    const { role } = this.session;
    if (this.roles.has(role, 'pg_read_all_settings')) return;
    throw new SqlError('42501', 'permission denied to examine a parameter of the engine', {
      detail: 'Only roles with privileges of the "pg_read_all_settings" role may do it.',
    });
  }

  async #learn(): Promise<void> {
    const { connection } = this.session;
    this.#loads = connection.loads;
    await connection.runInternal(NO_AUTOLOAD);
    const functions = await connection.runInternal(FUNCTIONS);
    const closed = functions.filter(
      ([name, isTable]) => isTable === true && !OPEN_TABLE_FUNCTIONS.has(String(name)),
    );
    this.#limits = Object.freeze({
      closed: new Set([...closed.map(([name]) => String(name)), ...FILE_READERS]),
      internal: new Set(functions.map(([name]) => String(name))),
      readsFiles: false,
    });
  }

  /**
   * A name in FROM may be a file's, and no lexer can tell: DuckDB then calls one of these functions by its bare name, and
   * finds the temporary macro before its own.
   */
  async #setFiles(close: boolean): Promise<void> {
    if (this.session.inTransaction()) {
      throw new SqlError('25001', 'the rights of the session have changed within a transaction', {
        hint: 'End the transaction first.',
      });
    }
    const statements = REPLACEMENTS.map((name) =>
      close
        ? `CREATE OR REPLACE TEMP MACRO ${name}(path) AS TABLE ${CLOSED_FILE}`
        : `DROP MACRO TABLE IF EXISTS temp.${name}`,
    );
    await this.session.connection.runInternal(statements.join('; '));
    this.#filesClosed = close;
  }
}
