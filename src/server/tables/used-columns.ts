import type { Node } from 'libpg-query';
import { nameParts } from '../dialect/syntax-tree.ts';
import { nodesOf } from './statement-tree.ts';
import type { TreeNode } from './statement-tree.ts';
import type { VirtualColumn, VirtualTable } from './virtual-table.ts';

/**
 * The columns that a statement can see of a table: those whose name it says anywhere. All of them where it asks
 * for `*`, for whole rows, or joins by equal names. The key is always among them: no row is stored without it.
 */
export function usedColumns(statement: Node, table: VirtualTable): readonly VirtualColumn[] {
  const words = new Set<string>();
  const rowNames = new Set([table.name]);
  let all = false;
  for (const { tag, body } of nodesOf(statement)) {
    if (tag === 'A_Star' || isNatural(tag, body) || readsByPattern(tag, body) || renames(tag, body))
      all = true;
    if (tag === 'String') words.add(String(body.sval).toLowerCase());
    if (tag === 'RangeVar') rowNames.add(aliasOf(body));
  }
  const wholeRow = [...nodesOf(statement)].some((node) => isRowName(node, rowNames));
  if (all || wholeRow) return table.columns;
  const used = table.columns.filter(({ name }) => words.has(name) || name === table.key);
  return used.length > 0 ? used : [cheapest(table)];
}

function isNatural(tag: string, body: TreeNode['body']): boolean {
  return tag === 'JoinExpr' && body.isNatural === true;
}

/** DuckDB's COLUMNS('…') names columns by a pattern. */
function readsByPattern(tag: string, body: TreeNode['body']): boolean {
  return tag === 'FuncCall' && nameParts(body.funcname as readonly Node[]).at(-1) === 'columns';
}

/** `FROM unified_logs AS l (a, b)` names columns by position. */
function renames(tag: string, body: TreeNode['body']): boolean {
  return (
    tag === 'RangeVar' && (body.alias as { readonly colnames?: unknown } | undefined)?.colnames !== undefined
  );
}

function aliasOf(rangeVar: TreeNode['body']): string {
  const alias = rangeVar.alias as { readonly aliasname?: string } | undefined;
  return alias?.aliasname ?? String(rangeVar.relname);
}

function isRowName({ tag, body }: TreeNode, rowNames: ReadonlySet<string>): boolean {
  const parts = tag === 'ColumnRef' ? nameParts(body.fields as readonly Node[]) : [];
  return parts.length === 1 && rowNames.has(parts[0] ?? '');
}

/** A statement that only counts rows needs some column all the same. */
function cheapest(table: VirtualTable): VirtualColumn {
  const column =
    table.columns.find(({ type }) => type === 'BIGINT' || type === 'INTEGER') ?? table.columns[0];
  if (column === undefined) throw new Error(`the virtual table ${table.name} has no columns`);
  return column;
}
