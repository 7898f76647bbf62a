import type { Plan, PlanShape } from '../statements/plan.ts';
import type { ColumnType } from '../wire/types/column-type.ts';

/** A statement that was parsed and can be bound again and again. */
export interface PreparedStatement<S> {
  readonly name: string;
  readonly sql: string;
  readonly plan: Plan<S>;
  readonly shape: PlanShape;
  /** By position: what the client declared, else what DuckDB inferred, else text. */
  readonly parameters: readonly ColumnType[];
}
