/**
 * A text as ClickHouse writes it in SQL. Queries that statements wait for are written with their values: the embedded
 * engine runs queries with parameters one after another, whichever connection they are on.
 */
export function quotedText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
