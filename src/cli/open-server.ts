import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { type Config, isLoopbackHost } from '../config.ts';
import { measureCell } from '../operators/measuring/measure-cell.ts';
import { functionStatements } from '../server/catalog/fill-statements.ts';
import { installCatalog } from '../server/catalog/install-catalog.ts';
import { createTranslator } from '../server/dialect/translate.ts';
import { OpenDatabases } from '../server/engine/open-databases.ts';
import type { AccessControl } from '../server/access/access-control.ts';
import { createHttpApp } from '../server/http/http-app.ts';
import { type HttpServer, startHttpServer } from '../server/http/http-server.ts';
import { ANY_ADDRESS } from '../server/http/trusted-requests.ts';
import type { TlsSource } from '../server/wire/tls-identity.ts';
import { openAccess } from './access/open-access.ts';
import { openTls } from './access/open-tls.ts';
import { openTracing } from './open-tracing.ts';
import type { OtlpTracing } from '../server/tracing/otlp-tracing.ts';
import { SessionSqlRunner } from '../server/http/sql/session-sql-runner.ts';
import { listenSql } from '../server/listener.ts';
import { Admission } from '../server/session/admission.ts';
import { Metrics } from '../server/metrics/metrics.ts';
import { Backends } from '../server/session/backends.ts';
import { installSessionFunctions } from '../server/session/session-functions.ts';
import { Channels } from '../server/session/channels.ts';
import type { ServerContext } from '../server/session/server-context.ts';
import { SessionTables } from '../server/tables/session-tables.ts';
import { VIRTUAL_TABLES } from '../server/tables/table-list.ts';
import { LogRetention } from '../training/log/log-retention.ts';
import { StatementLog } from '../training/log/statement-log.ts';
import { bannerOf } from './banner.ts';
import { callsInFlight } from './calls-in-flight.ts';
import { Closing } from './closing.ts';
import { commandScope } from './command-scope.ts';
import { catalogFunctions } from './catalog-functions.ts';
import { type Core, openCore } from './open-core.ts';
import { openSpool } from './open-spool.ts';
import { packagePath } from './package-folder.ts';
import { askCascade, cascadeRunnerOf } from './rest-cascades.ts';
import { CascadeFolder } from '../operators/cascade/cascade-folder.ts';
import type { ServerFunction } from '../server/tables/server-function.ts';
import { cascadeFunctions, reloadCascades } from './cascade-functions.ts';
import { engineSettings } from './engine-settings.ts';
import { trainingFunctions } from './training-functions.ts';
import { trainingTables } from './training-tables.ts';

export interface RunningServer {
  readonly sqlPort: number;
  /** null where only SQL was asked for. */
  readonly httpPort: number | null;
  /** Lines for the person who started it. */
  readonly banner: readonly string[];
  close(): Promise<void>;
}

/** Throws StartupError, and then nothing stays open. */
export async function openServer(
  config: Config,
  logger: Logger,
  parts: { readonly http: boolean },
): Promise<RunningServer> {
  const closing = new Closing();
  try {
    const metrics = new Metrics();
    const tracing = await openTracing(config, logger);
    closing.add(async () => tracing?.close());
    const core = await openCore(config, logger, (record) => {
      metrics.called(record);
      tracing?.called(record);
    });
    closing.add(() => core.close());
    const backends = new Backends();
    const databases = openDatabases(core, backends);
    closing.add(() => databases.close());
    const statements = await openStatements(core);
    closing.add(() => statements.close());
    keepLog(core, closing);
    const access = await openAccess(config, logger, closing);
    const tls = await openTls(config, logger, closing);
    const context = await contextOf({ core, databases, backends, statements, access, tls, metrics, tracing });
    const sql = await listenSql(context, {
      host: config.sqlHost,
      port: config.sqlPort,
      authenticationMs: config.load.authenticationMs,
    });
    closing.add(() => sql.close());
    const http = parts.http ? await openHttp({ core, context, statements, access, metrics }, closing) : null;
    const ports = { sqlPort: sql.port, httpPort: http?.port ?? null };
    return { ...ports, banner: bannerOf(config, ports), close: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

function openDatabases({ config, evaluations, registry }: Core, backends: Backends): OpenDatabases {
  const operators = () => registry.current();
  return new OpenDatabases({
    dataDir: config.dataDir,
    ...engineSettings(config),
    evaluations,
    operators,
    async prepare(run, connection) {
      await installCatalog(run, {
        functions: [],
        virtualTables: VIRTUAL_TABLES.map(({ name }) => name),
      });
      await installSessionFunctions(connection, backends);
    },
    async installed(run, current) {
      const functions = catalogFunctions(current, evaluations.functions);
      for (const sql of functionStatements(functions)) await run(sql);
    },
  });
}

/** After the retention that was configured, if any. */
function keepLog({ config, training, logger }: Core, closing: Closing): void {
  if (config.logRetentionMs === null) return;
  const retention = new LogRetention(config.logRetentionMs, {
    purge: (before) => training.purge(before),
    warn: (message) => logger.warn(message),
  });
  closing.add(() => retention.close());
}

async function openStatements({ config, training, logger }: Core): Promise<StatementLog> {
  const warn = (error: Error): void => logger.warn(`The statements cannot be logged: ${error.message}`);
  return new StatementLog(training.store, warn, await openSpool(config, 'sql_statements'));
}

interface ServerParts {
  readonly core: Core;
  readonly databases: OpenDatabases;
  readonly backends: Backends;
  readonly statements: StatementLog;
  readonly access: AccessControl;
  readonly tls: TlsSource | null;
  readonly metrics: Metrics;
  readonly tracing: OtlpTracing | null;
}

async function contextOf(parts: ServerParts): Promise<ServerContext> {
  const { core, databases, backends, statements, access, tls, metrics, tracing } = parts;
  const admission = new Admission(core.config.load);
  metrics.watch(admission);
  const { training, registry, config, logger } = core;
  const source = {
    store: training.store,
    folder: resolve(config.dataDir, 'tmp'),
    log: training.log,
    annotations: training.annotations,
    deleteCalls: (traceIds: readonly string[]) => training.deleteCalls(traceIds),
    computed: { ...trainingTables(core), ...callsInFlight(core.evaluations.inFlight) },
    functions: [...trainingFunctions(core), ...(await cascadeFunctionsOf(core, databases))],
  };
  return Object.freeze({
    databases,
    operators: () => registry.current(),
    dialect: await createTranslator(),
    startedAt: new Date(),
    tables: (connection, user) => new SessionTables(source, connection, user),
    authenticator: access,
    roles: access.roles,
    backends,
    channels: new Channels(),
    admission,
    tls,
    log: logger,
    ask: (cascadeId, inputs, scope) => askCascade(core.answers, registry, cascadeId, inputs, scope),
    ended(statement) {
      metrics.statementEnded(statement);
      tracing?.statementEnded(statement);
    },
    statements(record) {
      metrics.answered(record);
      statements.append(record);
    },
  } satisfies ServerContext);
}

async function cascadeFunctionsOf(
  { registry, config }: Core,
  databases: OpenDatabases,
): Promise<readonly ServerFunction[]> {
  const reload = () => reloadCascades(registry, databases);
  const folder = await CascadeFolder.open(
    resolve(config.dataDir, 'cascades'),
    async () => void (await reload()),
  );
  return cascadeFunctions(registry, folder, reload);
}

async function openHttp(
  {
    core,
    context,
    statements,
    access,
    metrics,
  }: Pick<ServerParts, 'core' | 'statements' | 'access' | 'metrics'> & { readonly context: ServerContext },
  closing: Closing,
): Promise<HttpServer> {
  const { config, logger, training, registry, answers } = core;
  const warn = (message: string): void => logger.warn(message);
  const sql = new SessionSqlRunner(context);
  closing.add(() => sql.close());
  const studio = packagePath('dist/studio');
  const app = createHttpApp({
    training,
    statements,
    operators: () => registry.current(),
    sql,
    runCascade: cascadeRunnerOf(answers, registry, context.databases),
    embedder: core.embedder,
    measure: (request, signal) => {
      const parts = { answers, training, operators: registry.current(), concurrency: config.concurrency };
      return measureCell(parts, request, { ...commandScope(logger, signal), caller: 'rest' });
    },
    running: () => core.evaluations.inFlight.rows(),
    studioDir: existsSync(studio) ? studio : null,
    metrics,
    readiness: {
      log: () => training.store.query('studio', 'SELECT 1'),
      database: () => context.databases.open('default'),
    },
    hostNames: hostNames(config),
    access,
    warn,
  });
  const server = await startHttpServer({
    host: config.httpHost,
    port: config.httpPort,
    app,
    tls: context.tls,
  });
  closing.add(() => server.close());
  return server;
}

/** Loopback has several names; a server of the network is found by its address and the machine's name. */
function hostNames({ httpHost, httpNames }: Config): readonly string[] {
  const ofNetwork = isLoopbackHost(httpHost) ? [] : [ANY_ADDRESS, hostname()];
  return [...new Set([httpHost, '127.0.0.1', 'localhost', '[::1]', ...ofNetwork, ...httpNames])];
}
