import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { OperatorRegistry } from '../operators/cascade/operator-registry.ts';
import { Answers } from '../operators/evaluation/answers.ts';
import type { Embedder } from '../operators/models/embedder.ts';
import { ShippedEmbedder } from '../operators/models/local/shipped-embedder.ts';
import { type ModelProviders, openModelProviders } from '../operators/models/model-providers.ts';
import { ModelCascadeRunner } from '../operators/runner/model-cascade-runner.ts';
import { CallScheduler } from '../operators/scheduler/call-scheduler.ts';
import { ProviderPacer } from '../operators/scheduler/provider-pacer.ts';
import { formatExamples } from '../training/formats/format-examples.ts';
import { openStore } from '../training/log/store.ts';
import { TrainingSystem } from '../training/training-system.ts';
import { Closing } from './closing.ts';
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
  /** Ends what is under way, writes what waits, and closes the store. */
  close(): Promise<void>;
}

/** Throws StartupError, and then nothing stays open. */
export async function openCore(config: Config, logger: Logger): Promise<Core> {
  const closing = new Closing();
  try {
    const registry = await OperatorRegistry.open([packagePath('cascades'), ...config.cascadeDirs]);
    const training = new TrainingSystem(await openStore(config), { warn: (message) => logger.warn(message) });
    closing.add(() => training.close());
    const scheduler = new CallScheduler({ concurrency: config.concurrency });
    const embedder = new ShippedEmbedder();
    const providers = await openModelProviders(config, new ProviderPacer(scheduler.slots), embedder);
    closing.add(() => providers.close());
    closing.add(() => scheduler.close());
    const answers = answersOf(config, training, providers, scheduler);
    return {
      config,
      logger,
      registry,
      training,
      providers,
      embedder,
      scheduler,
      answers,
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
): Answers {
  const defaultModel = `${config.model.provider}/${config.model.model}`;
  const runner = new ModelCascadeRunner({ providers, log: training.log, formatExamples, defaultModel });
  return new Answers({ training: training.pools, log: training.log, runner, scheduler, defaultModel });
}
