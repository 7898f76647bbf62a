import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notice } from '../../src/errors.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import { Answers } from '../../src/operators/evaluation/answers.ts';
import type { EvaluationSummary } from '../../src/operators/evaluation/evaluation-summary.ts';
import { Evaluations } from '../../src/operators/evaluation/evaluations.ts';
import {
  DEFAULT_SEMANTIC_SETTINGS,
  type SemanticSettings,
  type StatementScope,
} from '../../src/operators/evaluation/statement-scope.ts';
import type { CellDatabase } from '../../src/operators/runner/cell-database.ts';
import type { CascadeAnswer, CascadeCall } from '../../src/operators/runner/cascade-runner.ts';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';
import type { EngineConnection, EngineStatement } from '../../src/server/engine/engine-connection.ts';
import type { DatabasesOptions } from '../../src/server/engine/databases-options.ts';
import { OpenDatabases } from '../../src/server/engine/open-databases.ts';
import { EMPTY_POOL } from './empty-pool.ts';
import { MemoryLog } from './memory-log.ts';
import { scriptedEstimator } from './scripted-estimator.ts';

export type Judge = (call: CascadeCall, signal: AbortSignal) => Promise<unknown> | unknown;

/** A real DuckDB in a folder of its own, with answers from a function that counts. */
export class EngineFixture {
  readonly log = new MemoryLog();
  readonly calls: CascadeCall[] = [];
  readonly notices: Notice[] = [];
  readonly summaries: EvaluationSummary[] = [];
  judge: Judge = () => true;

  private constructor(
    readonly dataDir: string,
    readonly databases: OpenDatabases,
  ) {}

  static async open(
    operators: OperatorSet,
    concurrency = 20,
    options: Pick<DatabasesOptions, 'prepare' | 'knownAnswers'> = {},
  ): Promise<EngineFixture> {
    const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-engine-'));
    const answers = new Answers({
      training: { pool: async () => EMPTY_POOL },
      log: {
        append: () => undefined,
        flush: async () => undefined,
        findAnswers: (keys) => fixture.log.findAnswers(keys),
        findByQuestion: (questions) => fixture.log.findByQuestion(questions),
      },
      runner: { run: (call, _scope, signal) => fixture.#answer(call, signal) },
      scheduler: new CallScheduler({ concurrency }),
      defaultModel: 'scripted/test',
    });
    const evaluations = new Evaluations({
      answers,
      operators: () => operators,
      estimator: scriptedEstimator(),
      limits: { concurrency, requestsPerMinute: null, tokensPerMinute: null },
    });
    const databases = new OpenDatabases({ ...options, dataDir, evaluations, operators: () => operators });
    const fixture: EngineFixture = new EngineFixture(dataDir, databases);
    return fixture;
  }

  async #answer(call: CascadeCall, signal: AbortSignal): Promise<CascadeAnswer> {
    this.calls.push(call);
    const value = await this.judge(call, signal);
    this.log.remember(call.answerKey, value);
    return { value, traceId: `trace-${call.answerKey}`, outputs: {} };
  }

  /** As a session lends it. */
  readonly #database: CellDatabase = {
    rows: async (query, signal) => (await this.#queries()).rows(query, signal),
    nearPairs: async (...args) => (await this.#queries()).nearPairs(...args),
  };

  async #queries(): Promise<CellDatabase> {
    return (await this.databases.open('default')).queries;
  }

  async connect(name = 'default'): Promise<EngineConnection> {
    return (await this.databases.open(name)).connect();
  }

  scope(settings: Partial<SemanticSettings> = {}, signal = new AbortController().signal): StatementScope {
    return {
      sessionId: 'session-1',
      statementId: `statement-${this.calls.length}`,
      caller: 'sql',
      settings: { ...DEFAULT_SEMANTIC_SETTINGS, ...settings },
      signal,
      notice: (notice) => void this.notices.push(notice),
      evaluated: (summary) => void this.summaries.push(summary),
      database: this.#database,
    };
  }

  async close(): Promise<void> {
    await this.databases.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export function query(sql: string): EngineStatement {
  return { sql, selectForms: [], changesData: false };
}

export async function rowsOf(
  connection: EngineConnection,
  statement: EngineStatement | string,
  scope: StatementScope,
  parameters: readonly (string | number | null)[] = [],
): Promise<readonly (readonly unknown[])[]> {
  const rows = await connection.run(
    typeof statement === 'string' ? query(statement) : statement,
    parameters,
    scope,
  );
  const all: unknown[][] = [];
  for (let chunk = await rows.next(); chunk !== null; chunk = await rows.next()) all.push(...chunk.getRows());
  await rows.close();
  return all;
}
