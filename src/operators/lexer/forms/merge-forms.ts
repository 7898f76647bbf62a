import { callsSemantic, evaluated } from './expressions.ts';
import { withCtes, type FormContext } from './form-context.ts';
import { readMerge, type MergeClause, type MergeMatch, type MergeStatement } from './merge-statement.ts';
import { refusedReturning } from './refused-returning.ts';

const MATCHES: readonly MergeMatch[] = ['matched', 'not_matched', 'not_matched_by_source'];

/**
 * What MERGE evaluates, as DuckDB runs it: the values of each WHEN on every row of the join, whether or not the row
 * takes that way; the conditions in turn on the rows of their kind until one holds.
 */
export function mergeForms(context: FormContext): readonly string[] {
  const merge = readMerge(context.statement);
  if (callsSemantic(merge.returning, context.operators)) throw refusedReturning('MERGE');
  const forms = MATCHES.flatMap((match) => [...valueForms(merge, match), ...conditionForms(merge, match)]);
  return [`SELECT 1 ${joined(merge)}`, ...forms].map((form) => withCtes(context, form));
}

function valueForms(merge: MergeStatement, match: MergeMatch): readonly string[] {
  const values = clausesOf(merge, match).flatMap((clause) => valuesOf(clause));
  return values.length === 0 ? [] : [`SELECT ${values.join(', ')} ${rowsOfValues(merge, match)}`];
}

function valuesOf({ values }: MergeClause): readonly string[] {
  return values === null ? ['*'] : evaluated(values);
}

function conditionForms(merge: MergeStatement, match: MergeMatch): readonly string[] {
  const conditions = clausesOf(merge, match).map(({ condition }) => condition);
  const last = conditions.findIndex(({ length }) => length === 0);
  const reached = last < 0 ? conditions : conditions.slice(0, last);
  if (reached.length === 0) return [];
  const ways = reached.map(({ text }, way) => `WHEN ${text} THEN ${way}`);
  return [`SELECT CASE ${ways.join(' ')} END ${rowsOfConditions(merge, match)}`];
}

function clausesOf({ clauses }: MergeStatement, match: MergeMatch): readonly MergeClause[] {
  return clauses.filter((clause) => clause.match === match);
}

/** The join as DuckDB makes it: a side is kept whole only where some WHEN asks for its unmatched rows. */
function joined(merge: MergeStatement): string {
  const left = clausesOf(merge, 'not_matched').length > 0;
  const right = clausesOf(merge, 'not_matched_by_source').length > 0;
  const kind = left ? (right ? 'FULL JOIN' : 'LEFT JOIN') : right ? 'RIGHT JOIN' : 'JOIN';
  return `FROM ${merge.source} ${kind} ${merge.target.from} ${merge.join.text}`;
}

/** Where a WHEN sees one side alone, that side; with a row of NULLs, which the other side's unmatched rows bring. */
function rowsOfValues(merge: MergeStatement, match: MergeMatch): string {
  const { source, target } = merge;
  if (match === 'matched') return joined(merge);
  const other = match === 'not_matched' ? 'not_matched_by_source' : 'not_matched';
  const side = `FROM ${match === 'not_matched' ? source : target.from}`;
  return clausesOf(merge, other).length === 0
    ? side
    : `${side} FULL JOIN (VALUES (NULL)) AS unmatched (unmatched) ON false`;
}

function rowsOfConditions({ source, target, join }: MergeStatement, match: MergeMatch): string {
  switch (match) {
    case 'matched':
      return `FROM ${source} JOIN ${target.from} ${join.text}`;
    case 'not_matched':
      return `FROM ${source} ANTI JOIN ${target.from} ${join.text}`;
    case 'not_matched_by_source':
      return `FROM ${target.from} ANTI JOIN ${source} ${join.text}`;
  }
}
