import type { Example } from '../../training/example.ts';
import type { Cascade } from '../cascade/cascade.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';

/** The examples of one cell for one row. */
export interface CellExamples {
  readonly examples: readonly Example[];
  readonly trouble: string | null;
}

export interface CascadeCall {
  readonly cascade: Cascade;
  /** Canonical inputs. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** By cell name; a cell that does not train has no entry. */
  readonly examples: ReadonlyMap<string, CellExamples>;
  /** Written to the row whose output is the cascade's answer. */
  readonly answerKey: string;
  /** What the cascade answers, of what its last cell did. */
  readonly conclude?: (value: unknown) => unknown;
  /** The answer as a person gave it: no model is asked. */
  readonly verified?: VerifiedCall;
}

/** What a person has verified for the same inputs. */
export interface VerifiedCall {
  readonly value: unknown;
  readonly output: string;
  /** The call that was marked. */
  readonly traceId: string;
}

export interface CascadeAnswer {
  /** boolean | number | string | object | null: JSON's values. */
  readonly value: unknown;
  readonly traceId: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Runs the cells of a cascade in order, and logs every model call. Throws SqlError; a failure is logged too. */
export interface CascadeRunner {
  run(call: CascadeCall, scope: StatementScope, signal: AbortSignal): Promise<CascadeAnswer>;
}
