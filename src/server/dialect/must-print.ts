import type { Node } from 'libpg-query';

/** Statements that give names to objects: PostgreSQL folds names without quotes to lower case, DuckDB keeps them. */
const NAMING: ReadonlySet<string> = new Set([
  'CreateStmt',
  'CreateTableAsStmt',
  'ViewStmt',
  'RenameStmt',
  'AlterTableStmt',
  'CreateSchemaStmt',
  'CreateSeqStmt',
  'CreateEnumStmt',
]);

/** Literals that DuckDB does not read: U&'…', and E'…' with \u or \x. */
const LITERALS = /\b(?:U&'|e'(?:[^'\\]|\\.)*\\[uUxX0-7])/i;

/** True where the statement has to be printed anew although no transform changed it. */
export function mustPrint(sql: string, statement: Node): boolean {
  const [kind = ''] = Object.keys(statement);
  return LITERALS.test(sql) || (NAMING.has(kind) && /[A-Z]/.test(sql));
}
