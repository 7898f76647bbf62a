import type { Node } from 'libpg-query';
import { bodyOf, nameParts } from '../../dialect/syntax-tree.ts';
import { childrenOf } from '../../dialect/map-children.ts';

/** Stands for the relation of a column without a qualifier: it may be any. */
export const ANY_RELATION = '*';

/** The relations, as named in FROM and in lower case, whose columns the expression reads. */
export function relationsOf(node: Node): ReadonlySet<string> {
  const found = new Set<string>();
  collect(node, found);
  return found;
}

function collect(node: Node, into: Set<string>): void {
  const column = bodyOf(node, 'ColumnRef');
  if (column === undefined) for (const child of childrenOf(node)) collect(child, into);
  else into.add(nameParts(column.fields).at(-2)?.toLowerCase() ?? ANY_RELATION);
}

/** The name by which FROM knows the relation; undefined for a join and for what has no name. */
export function nameOfRelation(node: Node | undefined): string | undefined {
  const table = bodyOf(node, 'RangeVar');
  if (table !== undefined) return (table.alias?.aliasname ?? table.relname)?.toLowerCase();
  const { alias } = bodyOf(node, 'RangeSubselect') ?? bodyOf(node, 'RangeFunction') ?? {};
  return alias?.aliasname?.toLowerCase();
}

export function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((name) => all.has(name));
}
