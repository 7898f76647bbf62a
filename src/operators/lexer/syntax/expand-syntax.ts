import type { OperatorSet } from '../../cascade/operator-set.ts';
import { codeTokens, type CodeToken } from '../code-token.ts';
import { applyEdits, IDENTITY_MAP, type RewrittenText, type TextEdit } from '../source-map.ts';
import { AGGREGATE_CALLS } from './aggregate-calls.ts';
import { checkNesting, MAX_DEPTH, tooDeep } from './check-nesting.ts';
import { SEARCH_TABLES } from './search-tables.ts';
import { SEMANTIC_CASE } from './semantic-case.ts';
import { SEMANTIC_DISTINCT } from './semantic-distinct.ts';
import { SEMANTIC_JOIN } from './semantic-join.ts';
import type { SyntaxForm } from './syntax-form.ts';

const FORMS: readonly SyntaxForm[] = Object.freeze([
  SEARCH_TABLES,
  SEMANTIC_CASE,
  SEMANTIC_JOIN,
  SEMANTIC_DISTINCT,
  AGGREGATE_CALLS,
]);

/**
 * The text with its semantic forms spelled out in SQL: outer ones first, those inside them in the next round. The
 * very same string where there is none.
 */
export function expandSyntax(sql: string, operators: OperatorSet): RewrittenText {
  const words = FORMS.flatMap((form) => form.words(operators));
  if (words.length === 0) return { sql, map: IDENTITY_MAP };
  const mayOccur = new RegExp(`(?<![\\w$])(?:${words.join('|')})(?![\\w$])`, 'i');
  let text: RewrittenText = { sql, map: IDENTITY_MAP };
  for (let depth = 0; mayOccur.test(text.sql); depth += 1) {
    const code = codeTokens(text.sql);
    checkNesting(code, new Set(words));
    const edits = editsOf(text.sql, code, operators);
    if (edits.length === 0) break;
    if (depth === MAX_DEPTH) throw tooDeep();
    const next = applyEdits(text.sql, edits);
    text = { sql: next.sql, map: text.map.then(next.map) };
  }
  return text;
}

function editsOf(sql: string, code: readonly CodeToken[], operators: OperatorSet): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const [index, token] of code.entries()) {
    if (token.kind !== 'word' || token.start < (edits.at(-1)?.end ?? 0)) continue;
    const edit = formAt(sql, code, index, operators);
    if (edit !== undefined) edits.push(edit);
  }
  return edits;
}

function formAt(
  sql: string,
  code: readonly CodeToken[],
  index: number,
  operators: OperatorSet,
): TextEdit | undefined {
  for (const form of FORMS) {
    const edit = form.edit(sql, code, index, operators);
    if (edit !== undefined) return edit;
  }
  return undefined;
}
