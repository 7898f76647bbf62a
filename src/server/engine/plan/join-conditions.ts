import type { JoinExpr, Node } from 'libpg-query';
import { bodyOf, nameParts } from '../../dialect/syntax-tree.ts';
import { and, columnRef, conjunctsOf, equals, TRUE } from './nodes.ts';
import { ANY_RELATION, nameOfRelation, relationsOf } from './relation-names.ts';
import type { SemanticVocabulary } from './semantic-vocabulary.ts';

/** FROM without the semantic conditions that belong to WHERE as well as to an inner join. */
export interface HoistedJoins {
  readonly from: readonly Node[];
  /** Conditions taken out of ON. */
  readonly conditions: readonly Node[];
  /** Conditions of inner joins, true in every row that WHERE sees; they stay where they are. */
  readonly guards: readonly Node[];
}

/**
 * A condition of an inner join filters like one in WHERE, where no outer join above fills its rows with NULL. Only
 * conditions whose columns name their relation move: a name alone may mean something else in WHERE.
 */
export function hoistJoinConditions(from: readonly Node[], vocabulary: SemanticVocabulary): HoistedJoins {
  const conditions: Node[] = [];
  const guards: Node[] = [];
  const changed = from.map((item) => hoist(item, vocabulary, conditions, guards));
  return Object.freeze({ from: changed, conditions, guards });
}

function hoist(item: Node, vocabulary: SemanticVocabulary, conditions: Node[], guards: Node[]): Node {
  const join = bodyOf(item, 'JoinExpr');
  if (join === undefined || join.alias !== undefined) return item;
  const inner = join.jointype === 'JOIN_INNER';
  const down = (side: Node | undefined, kept: boolean): Node | undefined =>
    side === undefined || !kept ? side : hoist(side, vocabulary, conditions, guards);
  const larg = down(join.larg, inner || join.jointype === 'JOIN_LEFT');
  const rarg = down(join.rarg, inner || join.jointype === 'JOIN_RIGHT');
  const sides = { ...join, ...(larg === undefined ? {} : { larg }), ...(rarg === undefined ? {} : { rarg }) };
  if (!inner) return { JoinExpr: sides };
  guards.push(...equalitiesOf(join));
  return { JoinExpr: withoutSemantic(sides, vocabulary, conditions, guards) };
}

function withoutSemantic(
  join: JoinExpr,
  vocabulary: SemanticVocabulary,
  conditions: Node[],
  guards: Node[],
): JoinExpr {
  const own = conjunctsOf(join.quals);
  const moves = own.filter((node) => isQualified(node) && vocabulary.contains(node));
  const stays = own.filter((node) => !moves.includes(node));
  conditions.push(...moves);
  guards.push(...stays.filter((node) => isGuard(node, vocabulary)));
  if (moves.length === 0) return join;
  return { ...join, quals: stays.length === 0 ? TRUE : and(stays) };
}

function isGuard(node: Node, vocabulary: SemanticVocabulary): boolean {
  return isQualified(node) && !vocabulary.contains(node) && vocabulary.isRepeatable(node);
}

function isQualified(node: Node): boolean {
  return !relationsOf(node).has(ANY_RELATION);
}

/** `a JOIN b USING (id)` → `a.id = b.id`. */
function equalitiesOf(join: JoinExpr): readonly Node[] {
  const left = nameOfRelation(join.larg);
  const right = nameOfRelation(join.rarg);
  if (left === undefined || right === undefined) return [];
  return nameParts(join.usingClause).map((name) => equals(columnRef(left, name), columnRef(right, name)));
}
