import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';

/** The values of `$1`, `$2`, … and the types they are bound as. */
export interface BoundParameters {
  readonly values: readonly DuckDBValue[];
  /** undefined leaves it to the value. */
  readonly types: readonly (DuckDBType | undefined)[];
}

export const NO_PARAMETERS: BoundParameters = Object.freeze({
  values: Object.freeze([]),
  types: Object.freeze([]),
});
