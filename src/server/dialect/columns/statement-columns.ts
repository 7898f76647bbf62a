import type { Node } from 'libpg-query';
import { bodyOf } from '../syntax-tree.ts';
import type { OutputColumn } from './output-column.ts';
import { EMPTY_SCOPE, outputColumns, returnedColumns } from './output-columns.ts';

/** What is known of the columns that a statement gives. */
export function statementColumns(statement: Node): readonly OutputColumn[] | null {
  const select = bodyOf(statement, 'SelectStmt');
  if (select !== undefined)
    return select.intoClause === undefined ? outputColumns(select, EMPTY_SCOPE) : null;
  const change =
    bodyOf(statement, 'InsertStmt') ?? bodyOf(statement, 'UpdateStmt') ?? bodyOf(statement, 'DeleteStmt');
  const returned = change?.returningClause?.exprs;
  return returned === undefined ? null : returnedColumns(returned, EMPTY_SCOPE);
}
