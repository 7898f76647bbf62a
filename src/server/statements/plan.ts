import type { DuckDBType } from '@duckdb/node-api';
import type { ResultColumn } from '../engine/engine-connection.ts';
import type { RowCursor } from '../session/row-cursor.ts';
import type { Session } from '../session/session.ts';
import type { StatementRun } from '../session/statement-run.ts';
import type { BoundParameters } from './bound-parameters.ts';
import type { CopyIn } from './copy/copy-in.ts';
import type { CopyOut } from './copy/copy-out.ts';
import type { SourceStatement } from './source-statement.ts';

/** What goes in and comes out, known without running anything. */
export interface PlanShape {
  /** By position; undefined where nothing tells. */
  readonly parameters: readonly (DuckDBType | undefined)[];
  /** null where the statement gives no rows. */
  readonly columns: readonly ResultColumn[] | null;
}

/** A statement under way. */
export type Execution =
  | {
      readonly kind: 'rows';
      readonly cursor: RowCursor;
      /** Most rows that this statement gives. */
      readonly limit: number;
      /** The command's tag, once `sent` rows have gone out. */
      readonly tag: (sent: number) => string;
      /** False where the cursor lives on when the statement ends. */
      readonly owned: boolean;
    }
  | { readonly kind: 'done'; readonly tag: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'copyIn'; readonly copy: CopyIn }
  | { readonly kind: 'copyOut'; readonly copy: CopyOut };

/** One statement, ready to be run any number of times. Frozen. */
export interface Plan {
  readonly sql: string;
  /**
   * `control` ends or begins transactions and is heard in a failed one; `work` joins the implicit transaction of its
   * message; `alone` refuses to be in one.
   */
  readonly role: 'control' | 'work' | 'alone';
  describe(session: Session): Promise<PlanShape>;
  /** Throws SqlError with its position in what the client sent. */
  execute(session: Session, parameters: BoundParameters, run: StatementRun): Promise<Execution>;
}

/** Makes the plan of a statement inside of another. */
export type PrepareStatement = (source: SourceStatement, session: Session) => Promise<Plan>;

export const NO_SHAPE: PlanShape = Object.freeze({ parameters: Object.freeze([]), columns: null });

/** A plan that gives no rows and takes no parameters. */
export function commandPlan(
  sql: string,
  role: Plan['role'],
  execute: (session: Session, run: StatementRun) => Promise<string>,
): Plan {
  return Object.freeze({
    sql,
    role,
    describe: async () => NO_SHAPE,
    execute: async (
      session: Session,
      _parameters: BoundParameters,
      run: StatementRun,
    ): Promise<Execution> => ({
      kind: 'done',
      tag: await execute(session, run),
    }),
  });
}
