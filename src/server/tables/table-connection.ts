/** What virtual tables need of a DuckDB connection. */
export interface TableConnection {
  runInternal(sql: string): Promise<readonly (readonly unknown[])[]>;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
