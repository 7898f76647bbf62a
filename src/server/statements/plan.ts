import type { DuckDBType } from '@duckdb/node-api';
import type { RowCursor } from '../session/row-cursor.ts';
import type { StatementRun } from '../session/statement-run.ts';
import type { FormatCode } from '../wire/frontend/frontend-message.ts';
import type { Output } from '../wire/output.ts';
import type { TypedColumn } from '../wire/types/typed-column.ts';
import type { BoundParameters } from './bound-parameters.ts';

/** What goes in and comes out, known without running anything. */
export interface PlanShape {
  /** By position; undefined where nothing tells. */
  readonly parameters: readonly (DuckDBType | undefined)[];
  /** What casts name them, as oids; null where none does. */
  readonly cast?: readonly (number | null)[];
  /** Whether a parameter's type is only what makes sense: its value may show another. */
  readonly guessed?: readonly boolean[];
  /** null where the statement gives no rows. */
  readonly columns: readonly TypedColumn[] | null;
}

/** Data on its way from the client. */
export interface CopyInFlow {
  readonly format: FormatCode;
  readonly columnCount: number;
  write(bytes: Buffer): Promise<void>;
  /** Gives how many rows were copied. */
  finish(): Promise<number>;
}

/** Data on its way to the client. */
export interface CopyOutFlow {
  readonly format: FormatCode;
  readonly columnCount: number;
  /** Sends everything up to CopyDone; gives how many rows. */
  send(output: Output): Promise<number>;
  close(): Promise<void>;
}

/** A statement under way. */
export type Execution =
  | {
      readonly kind: 'rows';
      readonly cursor: RowCursor;
      readonly columns: readonly TypedColumn[];
      /** Most rows that this statement gives. */
      readonly limit: number;
      /** The command's tag, once `sent` rows have gone out. */
      readonly tag: (sent: number) => string;
      /** False where the cursor lives on when the statement ends. */
      readonly owned: boolean;
    }
  | { readonly kind: 'done'; readonly tag: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'copyIn'; readonly copy: CopyInFlow }
  | { readonly kind: 'copyOut'; readonly copy: CopyOutFlow };

/**
 * What a ROLLBACK TO SAVEPOINT has to do about a statement that came before the savepoint: run it `again` and compare
 * what it tells, the same for a `change` of data, `skip` it, or give up where it cannot be run again.
 */
export type Replay = 'again' | 'change' | 'skip' | 'unrepeatable' | 'unrepeatable_change';

/** One statement, ready to be run any number of times, in a session `S`. Frozen. */
export interface Plan<S> {
  readonly sql: string;
  /**
   * `control` ends or begins transactions and is heard in a failed one; `work` joins the implicit transaction of its
   * message; `alone` refuses to be in one.
   */
  readonly role: 'control' | 'work' | 'alone';
  readonly replay: Replay;
  /** `declared` are the types that the client gave to parameters, by position. */
  describe(session: S, declared?: readonly (DuckDBType | undefined)[]): Promise<PlanShape>;
  /** Throws SqlError with its position in what the client sent. */
  execute(session: S, parameters: BoundParameters, run: StatementRun): Promise<Execution>;
}

export const NO_SHAPE: PlanShape = Object.freeze({ parameters: Object.freeze([]), columns: null });
