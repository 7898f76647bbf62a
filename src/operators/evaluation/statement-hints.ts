import { SqlError } from '../../errors.ts';
import { suggestion } from '../cascade/nearest.ts';
import { SEMANTIC_SETTINGS } from './semantic-settings.ts';
import type { StatementScope } from './statement-scope.ts';

/**
 * `@ model: openai/gpt-4.1` in a comment of one line in front of a statement. psql keeps back the lines of comment that
 * begin with `--` there, so that a hint of its user stands in slashes and stars.
 */
const HINT = /^(?:--|\/\*)[^\S\n]*@[^\S\n]*(\w+)[^\S\n]*:[^\S\n]*(.*?)[^\S\n]*(?:\*\/)?$/;
const COMMENTS = /^(?:\s*(?:--[^\n]*(?:\n|$)|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/))+/;
const COMMENT = /--[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g;

/**
 * The scope with the settings that hints in front of the statement change for it alone; the very same scope where
 * there is none. Throws SqlError 42704 for a hint that is no setting of the evaluation, 22023 for a wrong value.
 */
export function hintedScope(scope: StatementScope, sql: string): StatementScope {
  const comments = COMMENTS.exec(sql)?.[0] ?? '';
  const hints = [...comments.matchAll(COMMENT)].flatMap(([comment]) => {
    const [, name, value] = HINT.exec(comment.trim()) ?? [];
    return name === undefined || value === undefined ? [] : [settingOf(name, value)];
  });
  if (hints.length === 0) return scope;
  const settings = Object.freeze({ ...scope.settings, ...Object.fromEntries(hints) });
  return Object.freeze({ ...scope, settings });
}

function settingOf(name: string, value: string): readonly [string, unknown] {
  const setting = SEMANTIC_SETTINGS.find((known) => known.name === `rvbbit.${name.toLowerCase()}`);
  if (setting !== undefined) return [setting.field, setting.parse(value)];
  const known = SEMANTIC_SETTINGS.map((one) => one.name.slice('rvbbit.'.length));
  throw new SqlError('42704', `the hint "${name}" names no setting`, { hint: suggestion(name, known) });
}
