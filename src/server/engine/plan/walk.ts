import type { Node, SelectStmt, WithClause } from 'libpg-query';
import { NULL_CONSTANT, bodyOf, integerConstant } from '../../dialect/syntax-tree.ts';
import { abstracted } from './abstracted.ts';
import type { Conjuncts } from './conjuncts.ts';
import type { LazyExpressions } from './lazy-expressions.ts';
import { and, caseOf, target, TRUE } from './nodes.ts';
import type { SemanticVocabulary } from './semantic-vocabulary.ts';
import { queryText } from './statement-text.ts';

/**
 * A query that needs its first rows only, and judges them in order until it has them. `ask(n)` gives the first n rows
 * that no answer excludes so far, asks for what their conditions miss, and tells in one boolean column, in order,
 * whether a row is known to belong.
 */
export interface Walk {
  /** Its number among the walks that the statement could have. */
  readonly at: number;
  /** Rows that the query needs, those before OFFSET included. */
  readonly wanted: number;
  /** With ORDER BY the rows wanted are the first ones; without, any will do. */
  readonly ordered: boolean;
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
  const { wanted, asking, vocabulary, withClause, parameters } = parts;
  const { conditions, columns } = abstracted(parts.conjuncts.semantic, ROWS, vocabulary);
  const known = asking.known(and(conditions)) ?? TRUE;
  return Object.freeze({
    at: parts.at,
    wanted,
    ordered: (parts.select.sortClause ?? []).length > 0,
    ask: (rows: number): string => {
      const subquery: Node = { SelectStmt: rowsInQuestion(parts, columns, rows) };
      const from: Node = { RangeSubselect: { subquery, alias: { aliasname: ROWS } } };
      const select: SelectStmt = {
        targetList: [target(known)],
        fromClause: [from],
        op: 'SETOP_NONE',
        limitOption: 'LIMIT_OPTION_DEFAULT',
      };
      return queryText(withClause === undefined ? select : { ...select, withClause }, parameters);
    },
  });
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
