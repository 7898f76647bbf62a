import type { Node, SelectStmt, WithClause } from 'libpg-query';
import type { SqlFunction } from '../../../operators/cascade/cascade.ts';
import { bodyOf, call, not, stringNode } from '../../dialect/syntax-tree.ts';
import { abstracted } from './abstracted.ts';
import type { Conjuncts } from './conjuncts.ts';
import type { LazyExpressions } from './lazy-expressions.ts';
import { and, target } from './nodes.ts';
import { ANY_RELATION, isSubset, nameOfRelation, relationsOf } from './relation-names.ts';
import type { SemanticCall, SemanticVocabulary } from './semantic-vocabulary.ts';
import { queryText } from './statement-text.ts';

/** A call on values of two relations, and the queries that tell how many pairs it would judge. They ask nothing. */
export interface PairCheck {
  readonly sql: SqlFunction;
  /** Counts the distinct pairs whose answer is not known. */
  readonly pairs: string;
  /** Count the distinct values of each side, where nothing but the call connects the two; otherwise null. */
  readonly sides: readonly [string, string] | null;
}

export interface PairCheckParts {
  readonly from: readonly Node[];
  readonly conjuncts: Conjuncts;
  /** Conditions of inner joins. */
  readonly guards: readonly Node[];
  readonly withClause: WithClause | undefined;
  readonly peeking: LazyExpressions;
  readonly vocabulary: SemanticVocabulary;
  readonly parameters: ReadonlySet<string>;
}

const PAIRS = '__rvbbit_pairs';

/** One check for each call in these expressions that takes values of more than one relation. */
export function pairChecks(expressions: readonly Node[], parts: PairCheckParts): readonly PairCheck[] {
  if (leavesOf(parts.from).length < 2) return [];
  const calls = expressions.flatMap((node) => parts.vocabulary.callsIn(node));
  return calls.filter(isOnPairs).map((semantic) =>
    Object.freeze({
      sql: semantic.sql,
      pairs: unknownPairs(semantic, parts),
      sides: sidesOf(semantic, parts),
    }),
  );
}

export function isOnPairs(semantic: SemanticCall): boolean {
  const varying = semantic.args.map((arg) => relationsOf(arg)).filter((names) => names.size > 0);
  const names = new Set(varying.flatMap((some) => [...some]));
  return varying.length > 1 && (names.size > 1 || names.has(ANY_RELATION));
}

function unknownPairs({ node }: SemanticCall, parts: PairCheckParts): string {
  const { vocabulary, peeking, conjuncts, parameters } = parts;
  const { conditions, columns } = abstracted([node], PAIRS, vocabulary);
  const unknown = conditions.flatMap((condition) => peeking.known(condition) ?? []).map(not);
  const distinct: SelectStmt = {
    ...plainSelect(columns, parts.from, [...conjuncts.cheap, ...conjuncts.once]),
    distinctClause: [{} as Node],
  };
  const pairs: Node = { RangeSubselect: { subquery: { SelectStmt: distinct }, alias: { aliasname: PAIRS } } };
  return queryText(withCtes(plainSelect([target(countOf())], [pairs], unknown), parts), parameters);
}

function sidesOf({ args }: SemanticCall, parts: PairCheckParts): readonly [string, string] | null {
  const [left, right, ...more] = args.filter((arg) => relationsOf(arg).size > 0);
  const conditions = [...parts.conjuncts.cheap, ...parts.conjuncts.once, ...parts.guards];
  if (left === undefined || right === undefined || more.length > 0) return null;
  if (conditions.some((node) => relationsOf(node).size !== 1 || relationsOf(node).has(ANY_RELATION)))
    return null;
  const first = side(left, parts);
  const second = side(right, parts);
  return first === null || second === null ? null : [first, second];
}

function side(arg: Node, parts: PairCheckParts): string | null {
  const names = relationsOf(arg);
  const [name, ...others] = names;
  const leaf = leavesOf(parts.from).find((item) => nameOfRelation(item) === name);
  if (leaf === undefined || others.length > 0 || parts.vocabulary.contains(arg)) return null;
  const own = parts.conjuncts.cheap.filter((node) => isSubset(relationsOf(node), names));
  const select = plainSelect([target(countOf(arg))], [leaf], own);
  return queryText(withCtes(select, parts), parts.parameters);
}

/** `count(*)`, or `count(DISTINCT value)`. */
function countOf(value?: Node): Node {
  if (value !== undefined)
    return { FuncCall: { ...bodyOf(call(['count'], [value]), 'FuncCall'), agg_distinct: true } };
  return {
    FuncCall: { funcname: [stringNode('count')], agg_star: true, funcformat: 'COERCE_EXPLICIT_CALL' },
  };
}

function plainSelect(targets: readonly Node[], from: readonly Node[], where: readonly Node[]): SelectStmt {
  return {
    targetList: [...targets],
    fromClause: [...from],
    ...(where.length === 0 ? {} : { whereClause: and(where) }),
    limitOption: 'LIMIT_OPTION_DEFAULT',
    op: 'SETOP_NONE',
  };
}

function withCtes(select: SelectStmt, { withClause }: PairCheckParts): SelectStmt {
  return withClause === undefined ? select : { ...select, withClause };
}

/** The relations of FROM, joins taken apart. */
function leavesOf(from: readonly Node[]): readonly Node[] {
  return from.flatMap((item) => {
    const join = bodyOf(item, 'JoinExpr');
    if (join === undefined) return [item];
    return leavesOf([join.larg, join.rarg].filter((side): side is Node => side !== undefined));
  });
}
