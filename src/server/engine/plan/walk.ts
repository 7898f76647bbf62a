import type { Node, SelectStmt, WithClause } from 'libpg-query';
import { NULL_CONSTANT, bodyOf, integerConstant } from '../../dialect/syntax-tree.ts';
import { abstracted } from './abstracted.ts';
import type { Conjuncts } from './conjuncts.ts';
import type { LazyExpressions } from './lazy-expressions.ts';
import { and, caseOf, target, TRUE } from './nodes.ts';
import type { SemanticVocabulary } from './semantic-vocabulary.ts';
import { queryText } from './statement-text.ts';

/**
 * A query that needs its first rows only, and judges them in order until it has them. Both queries take the first n
 * rows that no answer excludes so far: `look(n)` tells in one boolean column, in order, which of them are known to
 * belong, `ask(n)` asks for what their conditions miss.
 */
export interface Walk {
  /** Its number among the walks that the statement could have. */
  readonly at: number;
  /** Rows that the query needs, those before OFFSET included. */
  readonly wanted: number;
  /** With ORDER BY the rows wanted are the first ones; without, any will do. */
  readonly ordered: boolean;
  look(rows: number): string;
  ask(rows: number): string;
}

export interface WalkParts {
  readonly at: number;
  readonly select: SelectStmt;
  readonly from: readonly Node[];
  readonly conjuncts: Conjuncts;
  readonly wanted: number;
  readonly withClause: WithClause | undefined;
  readonly asking: LazyExpressions;
  readonly peeking: LazyExpressions;
  readonly vocabulary: SemanticVocabulary;
  readonly parameters: ReadonlySet<string>;
}

/** The derived table of the rows in question. */
const ROWS = '__rvbbit_rows';

export function makeWalk(parts: WalkParts): Walk {
  const { asking, peeking } = parts;
  const { conditions, columns } = abstracted(parts.conjuncts.semantic, ROWS, parts.vocabulary);
  const queryOf =
    (output: Node) =>
    (rows: number): string =>
      queryOnRows(parts, output, rowsInQuestion(parts, columns, rows));
  return Object.freeze({
    at: parts.at,
    wanted: parts.wanted,
    ordered: (parts.select.sortClause ?? []).length > 0,
    // Not whether they are known: answers come while the query runs.
    look: queryOf(peeking.value(and(conditions), true)),
    ask: queryOf(asking.known(and(conditions)) ?? TRUE),
  });
}

function queryOnRows({ withClause, parameters }: WalkParts, output: Node, rows: SelectStmt): string {
  const from: Node = { RangeSubselect: { subquery: { SelectStmt: rows }, alias: { aliasname: ROWS } } };
  const select: SelectStmt = {
    targetList: [target(output)],
    fromClause: [from],
    op: 'SETOP_NONE',
    limitOption: 'LIMIT_OPTION_DEFAULT',
    ...(withClause === undefined ? {} : { withClause }),
  };
  return queryText(select, parameters);
}

/** What needs an answer has no place in the output; the rest stays, as ORDER BY may name it. */
function rowsInQuestion(parts: WalkParts, columns: readonly Node[], rows: number): SelectStmt {
  const { select, from, conjuncts, vocabulary } = parts;
  const kept = (select.targetList ?? []).map((item) =>
    vocabulary.contains(item) ? withoutValue(item) : item,
  );
  const { sortClause } = select;
  return {
    targetList: [...kept, ...columns],
    fromClause: [...from],
    whereClause: and([...conjuncts.cheap, ...conjuncts.once, notExcluded(parts)]),
    ...(sortClause === undefined ? {} : { sortClause }),
    limitCount: integerConstant(rows),
    limitOption: 'LIMIT_OPTION_COUNT',
    op: 'SETOP_NONE',
  };
}

function withoutValue(item: Node): Node {
  return target(NULL_CONSTANT, bodyOf(item, 'ResTarget')?.name);
}

/** True where the answers that are known leave it open or say yes. */
function notExcluded({ conjuncts, peeking }: WalkParts): Node {
  const all = and(conjuncts.semantic);
  const known = peeking.known(all);
  return known === null ? TRUE : caseOf([[known, peeking.value(all, true)]], TRUE);
}
