import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import type { VirtualColumn } from './virtual-table.ts';

/** A value that JSON can say. */
export type FunctionRow = Readonly<Record<string, unknown>>;

/**
 * A function that SQL calls and the server answers, once a statement and before it runs: its arguments are constants.
 */
export interface ServerFunction {
  readonly name: string;
  /** In their order; `initial` is SQL, and null where the argument must be given. */
  readonly parameters: readonly { readonly name: string; readonly initial: string | null }[];
  /** Of a table function; a scalar one has the one column `value`. */
  readonly columns: readonly VirtualColumn[];
  readonly shape: 'scalar' | 'table';
  /** By name; ends when the scope of the calling statement does. Throws SqlError. */
  call(args: FunctionRow, scope: StatementScope): Promise<readonly FunctionRow[]>;
}
