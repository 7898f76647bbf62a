/** What `SET rvbbit.recall`, `rvbbit.precision` ask for, and how often it may fail. All in 0..1. */
export interface Targets {
  /** Share of the values that the model would take that the answer must hold. */
  readonly recall: number;
  /** Share of the answer that the model would take too. */
  readonly precision: number;
  /** Chance with which either may be missed. */
  readonly allowance: number;
}

/** The chance with which a statement may miss what it asked for. */
export const ALLOWANCE = 0.05;

/** Share of all true values that may be lost below the lower threshold. */
export function lossAllowed({ recall }: Targets): number {
  return 1 - recall;
}

/**
 * Share of false values that may be among all true values and those above the upper threshold. As up to 1 − recall of the
 * true ones is lost, it is a little less than 1 − precision.
 */
export function falseAllowed({ recall, precision }: Targets): number {
  const odds = (recall * (1 - precision)) / precision;
  return odds / (1 + odds);
}
