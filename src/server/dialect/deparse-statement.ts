import type { Node } from 'libpg-query';
import { deparseSync } from 'pgsql-deparser';
import { printable } from './printable.ts';
import { withoutMarks } from './reserved-words.ts';

/** The text of a statement, for DuckDB's parser. */
export function deparseStatement(statement: Node): string {
  return withoutMarks(deparseSync(printable(statement), { pretty: false }));
}
