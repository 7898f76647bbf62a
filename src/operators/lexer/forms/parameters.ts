import { codeTokens } from '../code-token.ts';

/**
 * The form with every `$n` of the statement. DuckDB's prepared statements take values only for the parameters that
 * they mention; a form that mentions all of them takes the statement's values as they are.
 */
export function keepParameters(form: string, parameters: ReadonlySet<string>): string {
  const mentioned = parametersOf(form);
  const missing = [...parameters].filter((parameter) => !mentioned.has(parameter));
  if (missing.length === 0) return form;
  const mention = missing.map((parameter) => `${parameter} IS NULL OR `).join('');
  return `SELECT * FROM (${form}) AS form WHERE ${mention}true`;
}

export function parametersOf(sql: string): ReadonlySet<string> {
  const parameters = codeTokens(sql).filter(({ kind }) => kind === 'parameter');
  return new Set(parameters.map(({ start, end }) => sql.slice(start, end)));
}
