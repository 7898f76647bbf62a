import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { OperatorRegistry } from '../operators/cascade/operator-registry.ts';
import type { OperatorSet } from '../operators/cascade/operator-set.ts';
import { Answers } from '../operators/evaluation/answers.ts';
import { cellIdentity } from '../operators/evaluation/cell-identity.ts';
import { Evaluations } from '../operators/evaluation/evaluations.ts';
import { DailyBudget, startOfDay } from '../operators/evaluation/spending/daily-budget.ts';
import type { Embedder } from '../operators/models/embedder.ts';
import { openEmbedder } from '../operators/models/open-embedder.ts';
import { type ModelProviders, openModelProviders } from '../operators/models/model-providers.ts';
import { embedFunction } from '../operators/functions/embed-function.ts';
import { GroupRunner } from '../operators/runner/group-runner.ts';
import { ModelCascadeRunner } from '../operators/runner/model-cascade-runner.ts';
import { ModelCallEstimator } from '../operators/runner/estimate/model-call-estimator.ts';
import { ModelPackRunner } from '../operators/runner/pack/model-pack-runner.ts';
import { CallScheduler, type SchedulerSettings } from '../operators/scheduler/call-scheduler.ts';
import { type ProviderLimits, ProviderPacer } from '../operators/scheduler/provider-pacer.ts';
import { formatExamples } from '../training/formats/format-examples.ts';
import type { CallLog } from '../training/log/call-log.ts';
import type { CallRecord } from '../training/log/call-record.ts';
import { CellMeasures } from '../training/log/cell-measures.ts';
import { costSince } from '../training/log/cost-since.ts';
import { openStore } from '../training/log/store.ts';
import { loadStrategies } from '../training/strategies/load-strategies.ts';
import { Redaction } from '../training/redaction.ts';
import type { CellIdentity } from '../training/training.ts';
import { TrainingSystem } from '../training/training-system.ts';
import { Closing } from './closing.ts';
import { KeepAliveFetch } from './keep-alive-fetch.ts';
import { openSpool } from './open-spool.ts';
import { packagePath } from './package-folder.ts';

/** Everything below the server: cascades, models, log and training. */
export interface Core {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: OperatorRegistry;
  readonly training: TrainingSystem;
  readonly providers: ModelProviders;
  readonly embedder: Embedder;
  readonly scheduler: CallScheduler;
  readonly answers: Answers;
  readonly evaluations: Evaluations;
  /** Ends what is under way, writes what waits, and closes the store. */
  close(): Promise<void>;
}

/** Throws StartupError, and then nothing stays open. */
export async function openCore(
  config: Config,
  logger: Logger,
  onCall: (record: CallRecord) => void = () => undefined,
): Promise<Core> {
  const closing = new Closing();
  try {
    const registry = await OperatorRegistry.open([
      packagePath('cascades'),
      ...config.cascadeDirs,
      await madeFolder(resolve(config.dataDir, 'cascades')),
    ]);
    const embedder = await openEmbedder(config);
    closing.add(() => embedder.close());
    const warn = (message: string): void => logger.warn(message);
    const redaction = Redaction.of(config.redact);
    const strategies = await loadStrategies(resolve(config.dataDir, 'strategies'));
    const spool = await openSpool(config, 'unified_logs');
    const parts = { warn, embedder, redaction, strategies, spool };
    const training = new TrainingSystem(await openStore(config), parts);
    closing.add(() => training.close());
    await training.warm();
    training.readAhead(trainingCells(registry.current()));
    const scheduler = new CallScheduler(schedulerSettings(config));
    const connections = new KeepAliveFetch();
    closing.add(() => Promise.resolve(connections.close()));
    const providers = await openModelProviders(config, {
      pacer: new ProviderPacer(scheduler.slots, providerLimits(config)),
      embedder,
      fetch: connections.fetch,
    });
    closing.add(() => providers.close());
    closing.add(() => scheduler.close());
    const today = await costSince(training.store, startOfDay(Date.now()));
    const day = new DailyBudget(config.dailyCostUsd, today);
    const log = watchedLog(training.log, onCall);
    const answers = answersOf(config, training, providers, scheduler, day, embedder, log);
    training.onDeletion(() => answers.forget());
    return {
      config,
      logger,
      registry,
      training,
      providers,
      embedder,
      scheduler,
      answers,
      evaluations: evaluationsOf(config, training, providers, registry, answers, embedder),
      close: () => closing.close(),
    };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

function answersOf(
  config: Config,
  training: TrainingSystem,
  providers: ModelProviders,
  scheduler: CallScheduler,
  day: DailyBudget,
  embedder: Embedder,
  log: CallLog,
): Answers {
  const defaultModel = defaultModelOf(config);
  const parts = { providers, log, formatExamples, defaultModel };
  return new Answers({
    training: training.pools,
    log,
    runner: new GroupRunner(new ModelCascadeRunner(parts)),
    packs: new ModelPackRunner(parts),
    scheduler,
    defaultModel,
    day,
    embedder,
    functions: [embedFunction(embedder)],
  });
}

function evaluationsOf(
  config: Config,
  training: TrainingSystem,
  providers: ModelProviders,
  registry: OperatorRegistry,
  answers: Answers,
  embedder: Embedder,
): Evaluations {
  const measures = new CellMeasures(training.store);
  const { concurrency, requestsPerMinute, tokensPerMinute } = config;
  return new Evaluations({
    answers,
    embedder,
    operators: () => registry.current(),
    estimator: new ModelCallEstimator({
      providers,
      log: training.log,
      formatExamples,
      defaultModel: defaultModelOf(config),
      measure: (cascadeId, cellName, model) => measures.measure(cascadeId, cellName, model),
    }),
    limits: { concurrency, requestsPerMinute, tokensPerMinute },
  });
}

function trainingCells({ cascades }: OperatorSet): readonly CellIdentity[] {
  return [...cascades.values()].flatMap((cascade) =>
    cascade.cells.filter(({ training }) => training.useTraining).map((cell) => cellIdentity(cascade, cell)),
  );
}

function defaultModelOf({ model }: Config): string {
  return `${model.provider}/${model.model}`;
}

function schedulerSettings({ concurrency, hedgeFactor }: Config): SchedulerSettings {
  return hedgeFactor === null ? { concurrency } : { concurrency, hedgeFactor };
}

function providerLimits({ requestsPerMinute, tokensPerMinute }: Config): ProviderLimits {
  return {
    ...(requestsPerMinute === null ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === null ? {} : { tokensPerMinute }),
  };
}

/** Of the cascades that SQL made. */
async function madeFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}

/** Tells of each call on its way into the log. */
function watchedLog(log: CallLog, onCall: (record: CallRecord) => void): CallLog {
  return {
    append(record) {
      onCall(record);
      log.append(record);
    },
    findAnswers: (keys) => log.findAnswers(keys),
    findByQuestion: (questions) => log.findByQuestion(questions),
    flush: () => log.flush(),
  };
}
