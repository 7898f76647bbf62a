/** What the planner must know of DuckDB's own functions. Names in lower case. */
export interface FunctionTraits {
  readonly aggregates: ReadonlySet<string>;
  /** Another value at each call: must not be called twice where the statement calls once. */
  readonly volatile: ReadonlySet<string>;
}

type Run = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/** Reads the traits from DuckDB's catalogue. */
export async function readFunctionTraits(run: Run): Promise<FunctionTraits> {
  return Object.freeze({
    aggregates: await names(run, "function_type = 'aggregate'"),
    volatile: await names(run, "stability = 'VOLATILE'"),
  });
}

async function names(run: Run, where: string): Promise<ReadonlySet<string>> {
  const rows = await run(`SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE ${where}`);
  return new Set(rows.map(([name]) => String(name)));
}
