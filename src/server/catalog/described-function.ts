/** A function that pg_proc is to show, types by PostgreSQL's names (`text`, `bool`, `float8` …). */
export interface DescribedFunction {
  readonly name: string;
  readonly args: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
  readonly description: string;
  /** True for a function that stands in FROM. */
  readonly returnsSet?: boolean;
}
