import type { Example } from '../example.ts';
import type { Exclusions } from '../training.ts';
import type { ExampleConflict } from './find-conflicts.ts';

/** The eligible examples of a cell at one version of its marks, newest first. */
export interface ExampleSnapshot {
  readonly version: string;
  readonly examples: readonly Example[];
  /** Of the examples' texts, in their order; null where there is no embedder. */
  readonly vectors: readonly Float32Array[] | null;
  readonly excluded: Exclusions;
  readonly conflicts: readonly ExampleConflict[];
}
