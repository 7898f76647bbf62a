import type { Example } from './example.ts';
import type { TrainingSettings } from './training-settings.ts';

/** What the outputs of a cell may be; who runs cells knows. */
export interface OutputRule {
  /** The output in its one spelling; null where the cell could not have given it. */
  canonical(output: string): string | null;
  /** Few different outputs that exclude one another: likes of nearly the same inputs are then in conflict. */
  readonly labels: boolean;
}

/** The cell that examples are wanted for. */
export interface CellIdentity {
  readonly cascadeId: string;
  readonly cellName: string;
  /** Fingerprint of the cell's prompt and schema: examples of another fingerprint are stale. */
  readonly fingerprint: string;
  /** The declared input that states the question, where the cascade names one. */
  readonly criterionArg: string | null;
  /** Left out, any output is one, and outputs are labels. */
  readonly outputs?: OutputRule;
}

/** Calls marked as trainable that teach nothing for now. */
export interface Exclusions {
  /** Contradicted by another mark. */
  readonly conflicting: number;
  /** The cell cannot give such an output. */
  readonly invalid: number;
}

export type Inputs = Readonly<Record<string, unknown>>;

/**
 * The examples of one cell as they stand at one version of the marks: a statement takes one and uses it to its end.
 * `pick` is pure: the same inputs give the same examples.
 */
export interface ExamplePool {
  /** Changes when, and only when, a pick may change. */
  readonly version: string;
  /** How many examples are eligible, before the limit. */
  readonly size: number;
  /** Why no examples could be had (the store is slow or down); null when all is well. */
  readonly trouble: string | null;
  /** Left out where nothing is known of the marks. */
  readonly excluded?: Exclusions;
  /**
   * To be awaited before `pick` is asked for these rows: embeds what picks compare, all rows at once. Rows are known
   * by their object.
   */
  prepare?(rows: readonly Inputs[]): Promise<void>;
  /** In the order of the prompt; all of them fit its budget. Throws SqlError XX000 for a row not prepared. */
  pick(inputs: Inputs): readonly Example[];
}

/** Outputs that people have verified, by the canonical JSON of the inputs they are for. */
export interface VerifiedAnswers {
  /** Changes when the answers do. */
  readonly version: string;
  readonly byInputs: ReadonlyMap<string, VerifiedAnswer>;
}

export interface VerifiedAnswer {
  readonly traceId: string;
  readonly output: string;
}

/** The door of the training room for whoever runs cells. Never rejects and answers within 250 ms. */
export interface Training {
  pool(cell: CellIdentity, settings: TrainingSettings): Promise<ExamplePool>;
  /** Left out, nothing is verified. */
  verifiedAnswers?(cell: CellIdentity): Promise<VerifiedAnswers>;
}
