import { callsSemantic, evaluated } from './expressions.ts';
import { withCtes, type FormContext } from './form-context.ts';
import { readMerge, type MergeClause, type MergeMatch, type MergeStatement } from './merge-statement.ts';
import { refusedReturning } from './refused-returning.ts';

/**
 * The join that finds the matches, and a query a WHEN clause: its values over the rows that reach it, which are those
 * that no earlier clause of its kind has taken.
 */
export function mergeForms(context: FormContext): readonly string[] {
  const merge = readMerge(context.statement);
  if (callsSemantic(merge.returning, context.operators)) throw refusedReturning('MERGE');
  const forms = merge.clauses.flatMap((clause, at) => clauseForms(merge, clause, merge.clauses.slice(0, at)));
  return [`SELECT 1 ${matching(merge)}`, ...forms].map((form) => withCtes(context, form));
}

function matching({ source, target, join, clauses }: MergeStatement): string {
  const full = clauses.some(({ match }) => match === 'not_matched_by_source');
  return `FROM ${source} ${full ? 'FULL' : 'LEFT'} JOIN ${target.from} ${join.text}`;
}

function clauseForms(
  merge: MergeStatement,
  { match, condition, values }: MergeClause,
  earlier: readonly MergeClause[],
): readonly string[] {
  const list = values === null ? ['*'] : evaluated(values);
  if (list.length === 0 && condition.length === 0) return [];
  const taken = earlier.filter((clause) => clause.match === match);
  if (taken.some((clause) => clause.condition.length === 0)) return [];
  const conditions = guarded(taken, condition.length === 0 ? 'true' : condition.text);
  return [`SELECT ${list.length === 0 ? '1' : list.join(', ')} ${rowsOf(merge, match)} WHERE ${conditions}`];
}

function guarded(taken: readonly MergeClause[], condition: string): string {
  if (taken.length === 0) return condition;
  const guards = taken.map((clause) => `WHEN ${clause.condition.text} THEN false`);
  return `CASE ${guards.join(' ')} ELSE (${condition}) END`;
}

function rowsOf({ source, target, join }: MergeStatement, match: MergeMatch): string {
  switch (match) {
    case 'matched':
      return `FROM ${source} JOIN ${target.from} ${join.text}`;
    case 'not_matched':
      return `FROM ${source} ANTI JOIN ${target.from} ${join.text}`;
    case 'not_matched_by_source':
      return `FROM ${target.from} ANTI JOIN ${source} ${join.text}`;
  }
}
