import { Client, type ClientConfig } from 'pg';
import postgres from 'postgres';
import { listenSql, type SqlListener } from '../../../src/server/listener.ts';
import { RoleBook } from '../../../src/server/access/role-book.ts';
import { Admission, NO_LIMITS } from '../../../src/server/session/admission.ts';
import { Backends } from '../../../src/server/session/backends.ts';
import { Channels } from '../../../src/server/session/channels.ts';
import { installCatalog } from '../../../src/server/catalog/install-catalog.ts';
import { createTranslator } from '../../../src/server/dialect/translate.ts';
import type { ServerContext } from '../../../src/server/session/server-context.ts';
import { installSessionFunctions } from '../../../src/server/session/session-functions.ts';
import { NO_TABLES } from '../../../src/server/session/statement-tables.ts';
import { TRUST } from '../../../src/server/wire/auth/authenticator.ts';
import { EngineFixture } from '../../support/engine-fixture.ts';
import { operatorOf, operatorSetOf } from '../../support/operator-fixture.ts';
import { RawClient } from './raw-client.ts';

const OPERATORS = operatorSetOf([operatorOf({ name: 'semantic_matches', keyword: 'MEANS' })]);

/** A server on a free port over a real DuckDB, and whoever connects to it. */
export class ServerFixture {
  readonly #clients: { end(): Promise<unknown> | undefined }[] = [];

  private constructor(
    readonly engine: EngineFixture,
    readonly listener: SqlListener,
    readonly context: ServerContext,
    readonly faults: unknown[],
  ) {}

  static async open(changes: Partial<ServerContext> = {}): Promise<ServerFixture> {
    const backends = new Backends();
    const engine = await EngineFixture.open(OPERATORS, 20, {
      async prepare(run, connection) {
        await installCatalog(run, { functions: [], virtualTables: [] });
        await installSessionFunctions(connection, backends);
      },
    });
    const faults: unknown[] = [];
    const context: ServerContext = Object.freeze({
      databases: engine.databases,
      operators: () => OPERATORS,
      dialect: await createTranslator(),
      startedAt: new Date(),
      tables: () => NO_TABLES,
      authenticator: TRUST,
      roles: new RoleBook([], { save: async () => undefined }),
      backends,
      channels: new Channels(),
      admission: new Admission(NO_LIMITS),
      tls: null,
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (fields: object) => void faults.push(fields),
      },
      ...changes,
    });
    const listener = await listenSql(context, { host: '127.0.0.1', port: 0 });
    return new ServerFixture(engine, listener, context, faults);
  }

  get port(): number {
    return this.listener.port;
  }

  /** A connected client of the `pg` package. */
  async pg(config: ClientConfig = {}): Promise<Client> {
    const client = new Client({
      host: '127.0.0.1',
      port: this.port,
      user: 'ada',
      database: 'default',
      ...config,
    });
    await client.connect();
    this.#clients.push(client);
    return client;
  }

  /** A client of the `postgres` package with one connection. */
  postgres(options: postgres.Options<Record<string, postgres.PostgresType>> = {}): postgres.Sql {
    const sql = postgres({
      host: '127.0.0.1',
      port: this.port,
      user: 'ada',
      database: 'default',
      max: 1,
      fetch_types: false,
      onnotice: () => undefined,
      ...options,
    });
    this.#clients.push({ end: () => sql.end({ timeout: 1 }) });
    return sql;
  }

  /** A socket that speaks bytes. */
  async raw(): Promise<RawClient> {
    const client = await RawClient.connect(this.port);
    this.#clients.push({ end: async () => client.destroy() });
    return client;
  }

  /** A socket after its start-up. */
  async session(parameters: Readonly<Record<string, string>> = {}): Promise<RawClient> {
    const client = await this.raw();
    await client.startup(parameters);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.end();
    await this.listener.close();
    await this.engine.close();
  }
}
