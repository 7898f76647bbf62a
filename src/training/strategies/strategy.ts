import type { Example } from '../example.ts';
import type { CellIdentity } from '../training.ts';

/** What a strategy chooses from. */
export interface Candidates {
  /** Eligible and within the cell's confidence and verified settings; newest first. */
  readonly examples: readonly Example[];
  readonly cell: CellIdentity;
  /** Most examples in one prompt. */
  readonly limit: number;
  /** Changes with every mark of the cell. */
  readonly seed: string;
}

/** A choice, ready to be asked a row at a time. */
export interface Selection {
  /** Every example that some pick may give, in the order that decides picks: equal lists give equal picks. */
  readonly reach: readonly Example[];
  /** In the order of the prompt. Pure, and cheap enough for a million rows. */
  pick(inputs: Readonly<Record<string, unknown>>): readonly Example[];
}

/** A way to choose examples; one file each, found by its name. */
export interface Strategy {
  readonly name: string;
  select(candidates: Candidates): Selection;
}
