import { scriptedEstimator } from '../../support/scripted-estimator.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cascadeRunnerOf } from '../../../src/cli/rest-cascades.ts';
import { OperatorRegistry } from '../../../src/operators/cascade/operator-registry.ts';
import { Answers } from '../../../src/operators/evaluation/answers.ts';
import { Evaluations } from '../../../src/operators/evaluation/evaluations.ts';
import { ShippedEmbedder } from '../../../src/operators/models/local/shipped-embedder.ts';
import { measureCell } from '../../../src/operators/measuring/measure-cell.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../../src/operators/evaluation/statement-scope.ts';
import { uuidV7 } from '../../../src/operators/runner/uuid-v7.ts';
import type { ModelRequest } from '../../../src/operators/models/model-provider.ts';
import { ScriptedProvider } from '../../../src/operators/models/scripted.ts';
import { ModelCascadeRunner } from '../../../src/operators/runner/model-cascade-runner.ts';
import { CallScheduler } from '../../../src/operators/scheduler/call-scheduler.ts';
import { OpenDatabases } from '../../../src/server/engine/open-databases.ts';
import { createHttpApp } from '../../../src/server/http/http-app.ts';
import { startHttpServer } from '../../../src/server/http/http-server.ts';
import type { HttpServer } from '../../../src/server/http/http-server.ts';
import { formatExamples } from '../../../src/training/formats/format-examples.ts';
import { openStore } from '../../../src/training/log/store.ts';
import type { StoreRow } from '../../../src/training/log/store.ts';
import { StatementLog } from '../../../src/training/log/statement-log.ts';
import { TrainingSystem } from '../../../src/training/training-system.ts';
import { EngineSqlRunner } from './engine-sql-runner.ts';

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

const MODEL = 'scripted/test';
const SCOPE = Object.freeze({
  sessionId: 'comparison',
  caller: 'rest' as const,
  settings: DEFAULT_SEMANTIC_SETTINGS,
  notice: () => undefined,
});
const CONCURRENCY = 20;

/** What the scripted model says; a test may put another in its place. */
interface Judge {
  reply: (request: ModelRequest) => string;
}

/** Bamboo is everything that is asked for. */
function firstReply({ task }: ModelRequest): string {
  return task.kind === 'label' ? 'neutral' : String(JSON.stringify(task.inputs).includes('bamboo'));
}

/** The HTTP server over a real store, a real DuckDB and the shipped cascades; the model is scripted. */
export class HttpFixture {
  private constructor(
    readonly dataDir: string,
    readonly training: TrainingSystem,
    readonly statements: StatementLog,
    readonly registry: OperatorRegistry,
    readonly model: ScriptedProvider,
    readonly judge: Judge,
    readonly databases: OpenDatabases,
    readonly server: HttpServer,
  ) {}

  static async open(options: { studioDir?: string } = {}): Promise<HttpFixture> {
    const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-http-'));
    const embedder = new ShippedEmbedder();
    const training = new TrainingSystem(await openStore({ dataDir, clickhouseUrl: null }), {
      warn: () => undefined,
      embedder,
    });
    const statements = new StatementLog(training.store, () => undefined);
    const registry = await OperatorRegistry.open(['cascades']);
    const judge: Judge = { reply: firstReply };
    const model = new ScriptedProvider((request) => judge.reply(request));
    const scheduler = new CallScheduler({ concurrency: CONCURRENCY });
    const runner = new ModelCascadeRunner({
      providers: { find: () => model },
      log: training.log,
      formatExamples,
      defaultModel: MODEL,
    });
    const answers = new Answers({
      training: training.pools,
      log: training.log,
      runner,
      scheduler,
      defaultModel: MODEL,
    });
    const operators = () => registry.current();
    const evaluations = new Evaluations({
      answers,
      operators,
      estimator: scriptedEstimator(),
      limits: { concurrency: CONCURRENCY, requestsPerMinute: null, tokensPerMinute: null },
    });
    const databases = new OpenDatabases({ dataDir, evaluations, operators });
    const app = createHttpApp({
      training,
      statements,
      operators,
      sql: new EngineSqlRunner(databases, operators),
      runCascade: cascadeRunnerOf(answers, registry),
      embedder,
      measure: (request, signal) =>
        measureCell({ answers, training, operators: operators(), concurrency: 4 }, request, {
          ...SCOPE,
          statementId: uuidV7(),
          signal,
        }),
      running: () => evaluations.inFlight.rows(),
      studioDir: options.studioDir ?? null,
      hostNames: ['127.0.0.1', 'localhost'],
      warn: (message) => process.stderr.write(`${message}\n`),
    });
    const server = await startHttpServer({ host: '127.0.0.1', port: 0, app });
    return new HttpFixture(dataDir, training, statements, registry, model, judge, databases, server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  async get<Body>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, { headers });
    return answerOf<Body>(response);
  }

  async post<Body>(path: string, body: unknown): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answerOf<Body>(response);
  }

  /** What the store says, past the server. */
  async stored<Row = StoreRow>(sql: string): Promise<readonly Row[]> {
    return this.training.store.query<Row>('tables', sql);
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.databases.close();
    await this.statements.close();
    await this.training.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

async function answerOf<Body>(response: Response): Promise<Answer<Body>> {
  const body = (await response.json()) as Body;
  if (response.status >= 500) process.stderr.write(`${response.url}: ${JSON.stringify(body)}\n`);
  return { status: response.status, body };
}
