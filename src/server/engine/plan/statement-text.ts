import type { Node, SelectStmt } from 'libpg-query';
import { keepParameters } from '../../../operators/lexer/forms/parameters.ts';
import { deparseStatement } from '../../dialect/deparse-statement.ts';

/** The text of a rewritten statement, for DuckDB's parser. */
export function statementText(statement: Node): string {
  return deparseStatement(statement);
}

/** The text of a query made from parts of a statement; it takes the statement's parameters as they are. */
export function queryText(select: SelectStmt, parameters: ReadonlySet<string>): string {
  const node: Node = { SelectStmt: select };
  return keepParameters(statementText(node), parameters);
}
