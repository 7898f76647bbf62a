import type { Node } from 'libpg-query';
import { deparseSync } from 'pgsql-deparser';

/** The text of a statement, for DuckDB's parser. */
export function deparseStatement(statement: Node): string {
  return deparseSync(statement, { pretty: false });
}
