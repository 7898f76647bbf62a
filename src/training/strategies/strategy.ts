import type { Example } from '../example.ts';
import type { Compose } from '../pool/compose.ts';
import type { CriterionKin } from '../pool/criterion-kin.ts';
import type { CellIdentity, Inputs } from '../training.ts';

/** What a strategy chooses from. */
export interface Candidates {
  /** Eligible and within the cell's confidence and verified settings; newest first. */
  readonly examples: readonly Example[];
  /** Unit vectors of the examples' texts, in their order; null where there is no embedder. */
  readonly vectors: readonly Float32Array[] | null;
  readonly cell: CellIdentity;
  /** Most examples in one prompt. */
  readonly limit: number;
  /** Changes with every mark of the cell. */
  readonly seed: string;
  /** Which criteria teach which; examples of others mislead. */
  readonly kin: CriterionKin;
  /** Takes what fits a prompt from examples in the order of their worth. */
  readonly compose: Compose;
}

/** A choice, ready to be asked a row at a time. */
export interface Selection {
  /** Every example that some pick may give, in the order that decides picks: equal lists give equal picks. */
  readonly reach: readonly Example[];
  /** Whether picks compare the row's own text: then `vector` is that of it. */
  readonly readsText?: boolean;
  /** In the order of the prompt. Pure, and cheap enough for a million rows. */
  pick(inputs: Inputs, vector: Float32Array | null): readonly Example[];
}

/** A way to choose examples; one file each, found by its name. */
export interface Strategy {
  readonly name: string;
  /** Throws SqlError where the strategy lacks what it needs. */
  select(candidates: Candidates): Selection;
}
