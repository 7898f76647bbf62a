import type { Node } from 'libpg-query';
import { mapChildren } from '../../dialect/map-children.ts';
import { columnRef, target } from './nodes.ts';
import { relationsOf } from './relation-names.ts';
import type { SemanticVocabulary } from './semantic-vocabulary.ts';

/** Conditions over the columns of a derived table, and the columns that it must have for them. */
export interface Abstracted {
  readonly conditions: readonly Node[];
  readonly columns: readonly Node[];
}

/** Parts of expressions that are no expressions. */
const PARTS: ReadonlySet<string> = new Set([
  'CaseWhen',
  'List',
  'TypeName',
  'SortBy',
  'String',
  'NamedArgExpr',
]);

/** Puts a column of the derived table in the place of everything that needs no answer and reads a column. */
export function abstracted(
  conditions: readonly Node[],
  table: string,
  vocabulary: SemanticVocabulary,
): Abstracted {
  const columns: Node[] = [];
  const replace = (node: Node): Node => {
    if (relationsOf(node).size === 0) return node;
    const [tag = ''] = Object.keys(node);
    if (vocabulary.contains(node) || PARTS.has(tag)) return mapChildren(node, replace);
    const name = `${table}_${columns.length + 1}`;
    columns.push(target(node, name));
    return columnRef(table, name);
  };
  return Object.freeze({ conditions: conditions.map(replace), columns });
}
