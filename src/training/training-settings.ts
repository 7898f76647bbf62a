/** The six settings of a cell, with the names of the seed in YAML (`use_training`, `training_limit`, …). */
export interface TrainingSettings {
  readonly useTraining: boolean;
  /** Most examples in one prompt. */
  readonly limit: number;
  /** Name of a strategy file: recent, high_confidence, random, semantic, or a user's. */
  readonly strategy: string;
  readonly minConfidence: number;
  readonly verifiedOnly: boolean;
  /** Name of a format file: xml, markdown, few_shot. */
  readonly format: string;
}

export const DEFAULT_TRAINING_SETTINGS: TrainingSettings = Object.freeze({
  useTraining: false,
  limit: 5,
  strategy: 'recent',
  minConfidence: 0.8,
  verifiedOnly: false,
  format: 'xml',
});
