import { assignmentsOf } from './assignments.ts';
import type { Span } from './span.ts';
import { readTarget, type Target } from './target.ts';

export type MergeMatch = 'matched' | 'not_matched' | 'not_matched_by_source';

/** `WHEN … [AND condition] THEN action`. */
export interface MergeClause {
  readonly match: MergeMatch;
  /** Empty where there is none. */
  readonly condition: Span;
  /** What the action evaluates; null where it takes every column of the source. */
  readonly values: readonly Span[] | null;
}

export interface MergeStatement {
  readonly target: Target;
  /** As it stands in a FROM clause. */
  readonly source: string;
  /** `ON (…)` or `USING (…)`. */
  readonly join: Span;
  readonly clauses: readonly MergeClause[];
  readonly returning: Span;
}

export function readMerge(statement: Span): MergeStatement {
  const target = readTarget(statement, 2, true);
  const join = statement.findWord(target.end + 1, 'ON', 'USING');
  const returning = statement.findWord(join, 'RETURNING');
  const when = Math.min(statement.findWord(join, 'WHEN'), returning);
  return {
    target,
    source: statement.slice(target.end + 1, join).text,
    join: statement.slice(join, when),
    clauses: clausesOf(statement.slice(when, returning)),
    returning: statement.slice(returning + 1),
  };
}

function clausesOf(clauses: Span): readonly MergeClause[] {
  const read: MergeClause[] = [];
  for (let from = 0; from < clauses.length;) {
    const next = clauses.findWord(from + 1, 'WHEN');
    read.push(readClause(clauses.slice(from, next)));
    from = next;
  }
  return read;
}

function readClause(clause: Span): MergeClause {
  const then = clause.findWord(0, 'THEN');
  const and = Math.min(clause.findWord(0, 'AND'), then);
  return {
    match: matchOf(clause.slice(0, and)),
    condition: clause.slice(and + 1, then),
    values: valuesOf(clause.slice(then + 1)),
  };
}

function matchOf(head: Span): MergeMatch {
  if (!head.isWord(1, 'NOT')) return 'matched';
  return head.isWord(head.length - 1, 'SOURCE') ? 'not_matched_by_source' : 'not_matched';
}

function valuesOf(action: Span): readonly Span[] | null {
  if (action.isWord(0, 'DELETE', 'DO', 'ERROR')) return [];
  const set = action.findWord(0, 'SET');
  if (set < action.length) return setValues(action.slice(set + 1));
  const values = action.findWord(0, 'VALUES');
  if (values < action.length) return action.inside(values + 1).split();
  return action.isWord(1, 'DEFAULT') ? [] : null;
}

function setValues(clause: Span): readonly Span[] | null {
  return clause.at(0).text === '*' ? null : assignmentsOf(clause).map(({ value }) => value);
}
