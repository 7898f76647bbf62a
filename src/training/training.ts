import type { Example } from './example.ts';
import type { TrainingSettings } from './training-settings.ts';

/** The cell that examples are wanted for. */
export interface CellIdentity {
  readonly cascadeId: string;
  readonly cellName: string;
  /** Fingerprint of the cell's prompt and schema: examples of another fingerprint are stale. */
  readonly fingerprint: string;
  /** The declared input that states the question, where the cascade names one. */
  readonly criterionArg: string | null;
}

/**
 * The examples of one cell as they stand at one version of the marks. Frozen: a statement takes one and uses it
 * to its end. `pick` is pure: the same inputs give the same examples.
 */
export interface ExamplePool {
  /** Changes when, and only when, a pick may change. */
  readonly version: string;
  /** How many examples are eligible, before the limit. */
  readonly size: number;
  /** Why no examples could be had (the store is slow or down); null when all is well. */
  readonly trouble: string | null;
  /** In the order of the prompt. */
  pick(inputs: Readonly<Record<string, unknown>>): readonly Example[];
}

/** The door of the training room for whoever runs cells. Never rejects and answers within 250 ms. */
export interface Training {
  pool(cell: CellIdentity, settings: TrainingSettings): Promise<ExamplePool>;
}
