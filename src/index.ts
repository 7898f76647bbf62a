import { resolve } from 'node:path';
import { ShippedEmbedder } from './operators/models/local/shipped-embedder.ts';
import type { InjectedInstructions, MarkOptions } from './training/training-system.ts';
import { TrainingSystem } from './training/training-system.ts';
import { openStore } from './training/log/store.ts';
import { loadStrategies } from './training/strategies/load-strategies.ts';
import type { ExampleFilter, ExamplePage } from './training/list-examples.ts';
import type { Annotation } from './training/annotation.ts';
import type { TrainingStats } from './training/statistics.ts';
import type { TrainingSettings } from './training/training-settings.ts';
import type { CellIdentity } from './training/training.ts';

export type {
  Annotation,
  CellIdentity,
  ExampleFilter,
  ExamplePage,
  InjectedInstructions,
  MarkOptions,
  TrainingSettings,
  TrainingStats,
};
export { DEFAULT_TRAINING_SETTINGS } from './training/training-settings.ts';

export interface OpenTrainingOptions {
  /** The server's data folder; the embedded store takes one process at a time. */
  readonly dataDir?: string;
  /** A ClickHouse server in the place of the embedded store. */
  readonly clickhouseUrl?: string;
  /** Told of trouble that stops nothing; the console's error stream where left out. */
  readonly warn?: (message: string) => void;
}

/** Log, marks and examples without a server. To be closed. Throws StartupError. */
export async function openTraining(options: OpenTrainingOptions = {}): Promise<TrainingSystem> {
  const { dataDir = './data', clickhouseUrl = null, warn = console.error } = options;
  const strategies = await loadStrategies(resolve(dataDir, 'strategies'));
  const store = await openStore({ dataDir: resolve(dataDir), clickhouseUrl });
  return new TrainingSystem(store, { warn, embedder: new ShippedEmbedder(), strategies });
}

/** Calls that can teach, newest first, with what people said about them. */
export function getTrainingExamples(
  training: TrainingSystem,
  filter: ExampleFilter = {},
): Promise<ExamplePage> {
  return training.getTrainingExamples(filter);
}

/** Marks calls; what the options leave out stays as it was. Throws SqlError 23503 on an unknown trace id. */
export function markAsTrainable(
  training: TrainingSystem,
  traceIds: readonly string[],
  options: MarkOptions = {},
): Promise<readonly Annotation[]> {
  return training.markAsTrainable(traceIds, options);
}

/** Numbers of each cell, of one cascade where its id is given. */
export function getTrainingStats(
  training: TrainingSystem,
  cascadeId?: string,
): Promise<readonly TrainingStats[]> {
  return training.getTrainingStats(cascadeId);
}

/** The instructions with the examples that a call with these inputs would get before them. */
export function injectTrainingExamplesIntoInstructions(
  training: TrainingSystem,
  instructions: string,
  cell: CellIdentity,
  settings: TrainingSettings,
  inputs: Readonly<Record<string, unknown>>,
): Promise<InjectedInstructions> {
  return training.injectTrainingExamplesIntoInstructions(instructions, cell, settings, inputs);
}
