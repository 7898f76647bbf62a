import type { Node, SelectStmt } from 'libpg-query';
import type { Conjuncts } from './conjuncts.ts';
import { someNode } from './nodes.ts';
import type { SemanticVocabulary } from './semantic-vocabulary.ts';

/** Clauses for which a query must see all of its rows before it gives the first. */
const BLOCKING = [
  'distinctClause',
  'groupClause',
  'havingClause',
  'windowClause',
  'valuesLists',
  'lockingClause',
] as const;

/** Whether the rows of a query come one by one, so that it can stop at the last one wanted. */
export function canWalk(
  select: SelectStmt,
  { once, semantic }: Conjuncts,
  vocabulary: SemanticVocabulary,
): boolean {
  const blocks = BLOCKING.some((clause) => select[clause] !== undefined && isFilled(select[clause]));
  if (blocks || semantic.length === 0 || select.intoClause !== undefined) return false;
  const { targetList = [], sortClause = [], fromClause = [] } = select;
  const walked = [...sortClause, ...fromClause];
  return (
    !targetList.some((item) => someNode(item, (node) => vocabulary.isAggregate(node))) &&
    !walked.some((node) => vocabulary.contains(node)) &&
    !semantic.some((node) => someNode(node, (inner) => 'SubLink' in inner)) &&
    !once.some((node) => vocabulary.isVolatile(node))
  );
}

function isFilled(clause: Node | readonly Node[] | undefined): boolean {
  return Array.isArray(clause) ? clause.length > 0 : clause !== undefined;
}
