import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type CatalogContents, installCatalog } from '../../src/server/catalog/install-catalog.ts';
import { RoleBook } from '../../src/server/access/role-book.ts';
import { administrator } from '../../src/server/access/role.ts';
import {
  roleVariables,
  sessionVariables,
  settingsVariable,
} from '../../src/server/catalog/session-variables.ts';
import { roleRows } from '../../src/server/session/role-rows.ts';
import { refreshSnapshot } from '../../src/server/catalog/snapshot.ts';
import { POSTGRES_SETTINGS } from '../../src/server/dialect/session-settings.ts';
import { ResultRows } from '../../src/server/engine/result-rows.ts';
import { RowCursor } from '../../src/server/session/row-cursor.ts';
import { typedColumns } from '../../src/server/statements/typed-columns.ts';
import { TextRows, type TextRow } from '../../src/server/wire/rows/text-rows.ts';
import { UTC_STYLE } from '../../src/server/wire/types/text-style.ts';
import type { TypedColumn } from '../../src/server/wire/types/typed-column.ts';
import { createTranslator } from '../../src/server/dialect/translate.ts';
import type { Translator } from '../../src/server/dialect/translated.ts';

export interface SessionResult {
  /** As a client is told of them. */
  readonly columns: readonly TypedColumn[];
  /** In the protocol's text form. */
  readonly rows: readonly TextRow[];
}

const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['server_version', '15.0'],
  ['server_version_num', '150000'],
  ['search_path', '"$user", public'],
  ['standard_conforming_strings', 'on'],
  ['client_encoding', 'UTF8'],
  ['server_encoding', 'UTF8'],
  ['timezone', 'UTC'],
  ['datestyle', 'ISO, MDY'],
  ['intervalstyle', 'postgres'],
  ['max_index_keys', '32'],
  ['max_identifier_length', '63'],
  ['default_transaction_isolation', 'read committed'],
  ['transaction_isolation', 'read committed'],
  ['default_table_access_method', 'heap'],
  ['integer_datetimes', 'on'],
  ['bytea_output', 'hex'],
  ['lc_collate', 'C.UTF-8'],
  ['is_superuser', 'on'],
]);

/** A DuckDB connection that is spoken to through the translator, as a session does it. */
export class TranslatedSession {
  private constructor(
    private readonly instance: DuckDBInstance,
    readonly connection: DuckDBConnection,
    private readonly translator: Translator,
  ) {}

  static async open(
    contents: CatalogContents = { functions: [], virtualTables: [] },
    path = ':memory:',
  ): Promise<TranslatedSession> {
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    const run = async (sql: string): Promise<void> => void (await connection.run(sql));
    await installCatalog(run, contents);
    const facts = { user: 'postgres', backendPid: 4711, clientAddress: null, serverStarted: new Date() };
    const book = new RoleBook([], { save: async () => undefined });
    const { roles, members } = roleRows(book, administrator(facts.user));
    for (const sql of [
      "SET TimeZone = 'UTC'",
      ...POSTGRES_SETTINGS,
      ...sessionVariables(facts),
      ...roleVariables(roles, members),
      settingsVariable(SETTINGS),
    ])
      await run(sql);
    return new TranslatedSession(instance, connection, await createTranslator());
  }

  async query(sql: string, parameters = 0): Promise<SessionResult> {
    const translated = this.translator.translate(sql);
    for (const statement of translated.before) await this.connection.run(statement);
    if (translated.readsSnapshot) await this.#refresh(translated.catalogObjects);
    const prepared = await this.connection.prepare(translated.sql);
    for (let at = 1; at <= Math.min(parameters, prepared.parameterCount); at += 1) prepared.bindNull(at);
    const source = new ResultRows(await prepared.run(), {
      error: (error) => error as Error,
      finished: () => undefined,
    });
    const columns = typedColumns(source.columns, translated.columns);
    const reader = new TextRows(new RowCursor(source), columns, UTC_STYLE);
    const rows: TextRow[] = [];
    for (let next = await reader.next(Infinity); next.length > 0; next = await reader.next(Infinity))
      rows.push(...next);
    return { columns, rows };
  }

  async #refresh(objects: ReadonlySet<string>): Promise<void> {
    await refreshSnapshot(async (text) => (await this.connection.runAndReadAll(text)).getRows(), objects);
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}
