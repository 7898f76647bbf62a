import type { OperatorSet } from '../cascade/operator-set.ts';
import { codeTokens, isSign, type CodeToken } from './code-token.ts';
import { mainWordOfWith } from './common-table-expressions.ts';
import { deleteForms } from './forms/delete-forms.ts';
import type { FormContext } from './forms/form-context.ts';
import { insertForms } from './forms/insert-forms.ts';
import { mergeForms } from './forms/merge-forms.ts';
import { keepParameters, parametersOf } from './forms/parameters.ts';
import { Span } from './forms/span.ts';
import { updateForms } from './forms/update-forms.ts';
import { statementKind } from './statement-kind.ts';

/**
 * For a statement that changes data or only runs once: queries which together evaluate every semantic operator that
 * the statement will evaluate, on the rows it will. `sql` is one statement, its operators already symbols; it need be
 * DuckDB's only as far as its clauses go. Empty for a query, and where nothing is evaluated. `operators` tells which
 * function names are semantic; without it every function may be.
 *
 * INSERT: its source, ON CONFLICT DO UPDATE, RETURNING. UPDATE and DELETE: values and conditions, RETURNING. MERGE:
 * the match and each WHEN. CREATE TABLE AS, COPY (query) TO, EXPLAIN ANALYZE: the query. Not covered: default values
 * and generated columns of the table.
 *
 * Throws SqlError 0A000 where RETURNING or ON CONFLICT calls a semantic operator on rows that only the change makes.
 */
export function selectForms(sql: string, operators?: OperatorSet): readonly string[] {
  const span = new Span(sql, withoutSemicolon(codeTokens(sql)));
  const forms = formsOf(span, operators);
  if (forms.length === 0) return forms;
  const parameters = parametersOf(sql);
  return Object.freeze(forms.map((form) => keepParameters(form, parameters)));
}

function formsOf(span: Span, operators: OperatorSet | undefined): readonly string[] {
  switch (statementKind(span.code)) {
    case 'insert':
      return insertForms(contextOf(span, operators));
    case 'update':
      return updateForms(contextOf(span, operators));
    case 'delete':
      return deleteForms(contextOf(span, operators));
    case 'merge':
      return mergeForms(contextOf(span, operators));
    case 'create_table_as':
      return createdQuery(span);
    case 'copy_to':
      return span.isSign(1, '(') ? runOnce(span.inside(1), operators) : [];
    case 'explain':
      return explained(span, operators);
    default:
      return [];
  }
}

/** The forms of a statement inside of another; a query is its own form. */
function runOnce(span: Span, operators: OperatorSet | undefined): readonly string[] {
  const forms = formsOf(span, operators);
  return forms.length === 0 && isQuery(span) ? [span.text] : forms;
}

function isQuery(span: Span): boolean {
  return ['select', 'values', 'from_first', 'pivot'].includes(statementKind(span.code));
}

function contextOf(span: Span, operators: OperatorSet | undefined): FormContext {
  const main = span.isWord(0, 'WITH') ? mainWordOfWith(span.code, 0) : 0;
  return { statement: span.slice(main), withClause: main === 0 ? '' : span.slice(0, main).text, operators };
}

/** The query of CREATE TABLE … AS; none WITH NO DATA. */
function createdQuery(span: Span): readonly string[] {
  const query = span.slice(span.findWord(0, 'AS') + 1);
  if (query.isWord(0, 'EXECUTE')) return [];
  const { length } = query;
  if (!query.isWord(length - 1, 'DATA')) return [query.text];
  if (query.isWord(length - 2, 'WITH')) return [query.slice(0, length - 2).text];
  return query.isWord(length - 2, 'NO') && query.isWord(length - 3, 'WITH') ? [] : [query.text];
}

/** EXPLAIN runs its statement only under ANALYZE. */
function explained(span: Span, operators: OperatorSet | undefined): readonly string[] {
  if (span.isSign(1, '(')) {
    return analyzes(span.inside(1)) ? runOnce(span.slice(span.closing(1)), operators) : [];
  }
  if (!span.isWord(1, 'ANALYZE', 'ANALYSE')) return [];
  return runOnce(span.slice(span.isWord(2, 'VERBOSE') ? 3 : 2), operators);
}

function analyzes(options: Span): boolean {
  return options
    .split()
    .some((option) => option.isWord(0, 'ANALYZE', 'ANALYSE') && !option.isWord(1, 'FALSE', 'OFF'));
}

function withoutSemicolon(code: readonly CodeToken[]): readonly CodeToken[] {
  const end = code.findIndex((token) => isSign(token, ';'));
  return end < 0 ? code : code.slice(0, end);
}
