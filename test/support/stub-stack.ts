import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notice } from '../../src/errors.ts';
import { loadCascade } from '../../src/operators/cascade/load-cascade.ts';
import type { Operator } from '../../src/operators/cascade/cascade.ts';
import { symbolOf } from '../../src/operators/cascade/symbol.ts';
import { Answers } from '../../src/operators/evaluation/answers.ts';
import type { EvaluationSummary } from '../../src/operators/evaluation/evaluation-summary.ts';
import { Evaluations } from '../../src/operators/evaluation/evaluations.ts';
import { DailyBudget } from '../../src/operators/evaluation/spending/daily-budget.ts';
import {
  DEFAULT_SEMANTIC_SETTINGS,
  type SemanticSettings,
  type StatementScope,
} from '../../src/operators/evaluation/statement-scope.ts';
import { modelProviders } from '../../src/operators/models/model-providers.ts';
import { OpenAiProvider } from '../../src/operators/models/openai.ts';
import { loadPrices } from '../../src/operators/models/prices.ts';
import { DEFAULT_RETRY_POLICY } from '../../src/operators/models/retry-policy.ts';
import type { RetryPolicy } from '../../src/operators/models/retry-policy.ts';
import { ModelCascadeRunner } from '../../src/operators/runner/model-cascade-runner.ts';
import { ModelCallEstimator } from '../../src/operators/runner/estimate/model-call-estimator.ts';
import { ModelPackRunner } from '../../src/operators/runner/pack/model-pack-runner.ts';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';
import { ProviderPacer } from '../../src/operators/scheduler/provider-pacer.ts';
import type { ProviderLimits } from '../../src/operators/scheduler/provider-pacer.ts';
import type { KnownAnswersPolicy } from '../../src/server/engine/known-answers.ts';
import { OpenDatabases } from '../../src/server/engine/open-databases.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { formatExamples } from '../../src/training/formats/format-examples.ts';
import type { CallLog } from '../../src/training/log/call-log.ts';
import type { ExamplePool, Training } from '../../src/training/training.ts';
import { EMPTY_POOL } from './empty-pool.ts';
import { judging } from './judging-stub.ts';
import type { JudgedItem } from './judging-stub.ts';
import { MemoryLog } from './memory-log.ts';
import { OpenAiStub } from './openai-stub.ts';
import { operatorSetOf } from './operator-fixture.ts';

export const MEANS = symbolOf('MEANS') ?? '';
const CASCADE = 'cascades/semantic_sql/matches.cascade.yaml';

export interface StubStackOptions {
  readonly concurrency?: number;
  readonly dailyCostUsd?: number;
  readonly limits?: ProviderLimits;
  readonly retry?: Partial<RetryPolicy>;
  readonly model?: string;
  /** The cascade's YAML, changed. */
  readonly edit?: (yaml: string) => string;
  readonly log?: CallLog;
  /** In the place of the stack's own pool. */
  readonly training?: Training;
  readonly knownAnswers?: KnownAnswersPolicy;
}

/**
 * Everything from DuckDB to a socket: the shipped MEANS on the real runner and scheduler, an endpoint that judges by
 * a function, and a log in memory.
 */
export class StubStack {
  readonly log = new MemoryLog();
  readonly notices: Notice[] = [];
  readonly summaries: EvaluationSummary[] = [];
  pool: ExamplePool = EMPTY_POOL;
  judge: (item: JudgedItem) => boolean = () => true;
  #statements = 0;

  private constructor(
    readonly stub: OpenAiStub,
    readonly connection: EngineConnection,
    readonly evaluations: Evaluations,
    readonly scheduler: CallScheduler,
    private readonly databases: OpenDatabases,
    private readonly ends: readonly (() => Promise<void>)[],
    private readonly holder: { stack: StubStack | null },
  ) {}

  static async open(options: StubStackOptions = {}): Promise<StubStack> {
    const holder: { stack: StubStack | null } = { stack: null };
    const own = (): StubStack => {
      if (holder.stack === null) throw new Error('the stack is not open');
      return holder.stack;
    };
    const stub = await OpenAiStub.start((request) => judging((item) => own().judge(item))(request));
    const { concurrency = 20, edit = (yaml) => yaml, model = 'openai/gpt-4.1-mini' } = options;
    const scheduler = new CallScheduler({ concurrency });
    const prices = await loadPrices(null);
    const retry = { ...DEFAULT_RETRY_POLICY, baseDelayMs: 1, maxDelayMs: 5, ...options.retry };
    const pacer = new ProviderPacer(scheduler.slots, options.limits);
    const providers = modelProviders({
      openai: () => new OpenAiProvider({ apiKey: 'key', baseUrl: stub.baseUrl, prices, retry, pacer }),
    });
    const log: CallLog = options.log ?? {
      append: (record) => own().log.append(record),
      findAnswers: (keys) => own().log.findAnswers(keys),
      findByQuestion: (questions) => own().log.findByQuestion(questions),
      flush: () => own().log.flush(),
    };
    const parts = { providers, log, formatExamples, defaultModel: model };
    const answers = new Answers({
      training: options.training ?? { pool: async () => own().pool },
      log,
      runner: new ModelCascadeRunner(parts),
      packs: new ModelPackRunner(parts),
      scheduler,
      defaultModel: model,
      day: new DailyBudget(options.dailyCostUsd ?? null),
    });
    const cascade = loadCascade('matches.cascade.yaml', edit(readFileSync(CASCADE, 'utf8')));
    const operators = operatorSetOf([{ cascade, sql: cascade.sqlFunction } as Operator]);
    const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-stack-'));
    const evaluations = new Evaluations({
      answers,
      operators: () => operators,
      estimator: new ModelCallEstimator(parts),
      limits: { concurrency, requestsPerMinute: null, tokensPerMinute: null },
    });
    const { knownAnswers } = options;
    const known = knownAnswers === undefined ? {} : { knownAnswers };
    const databases = new OpenDatabases({ ...known, dataDir, evaluations, operators: () => operators });
    const connection = await (await databases.open('default')).connect();
    const ends = [
      () => connection.close(),
      () => databases.close(),
      () => scheduler.close(),
      () => stub.close(),
      () => rm(dataDir, { recursive: true, force: true }),
    ];
    holder.stack = new StubStack(stub, connection, evaluations, scheduler, databases, ends, holder);
    return holder.stack;
  }

  scope(settings: Partial<SemanticSettings> = {}, signal = new AbortController().signal): StatementScope {
    this.#statements += 1;
    return {
      sessionId: 'session-1',
      statementId: `statement-${this.#statements}`,
      caller: 'sql',
      settings: { ...DEFAULT_SEMANTIC_SETTINGS, ...settings },
      signal,
      notice: (notice) => void this.notices.push(notice),
      evaluated: (summary) => void this.summaries.push(summary),
    };
  }

  async connectAgain(): Promise<EngineConnection> {
    return (await this.databases.open('default')).connect();
  }

  /** `t(id, d)`: rows with so many distinct texts, `text 0`, `text 1`, … */
  async table(rows: number, distinct: number): Promise<void> {
    await this.connection.runInternal(
      `CREATE OR REPLACE TABLE t AS SELECT i AS id, 'text ' || (i % ${distinct}) AS d FROM range(${rows}) r(i)`,
    );
  }

  async close(): Promise<void> {
    for (const end of this.ends) await end();
    this.holder.stack = null;
  }
}

/** Whether the number in `text 17` is even. */
export function isEven({ text }: JudgedItem): boolean {
  return Number(text.split(' ').at(-1)) % 2 === 0;
}
