import { SqlError } from '../../../errors.ts';
import { matchingEnd } from '../../lexer/brackets.ts';
import { type CodeToken, codeTokens, isSign, isWord, tokenAt } from '../../lexer/code-token.ts';

export interface ExplainOptions {
  /** Whether the statement is run as well. */
  readonly analyze: boolean;
  readonly format: 'text' | 'json';
}

/** `EXPLAIN (SEMANTIC, …) statement`. */
export interface ParsedExplain {
  readonly options: ExplainOptions;
  readonly statement: string;
  /** Where `statement` begins in the text, in UTF-16 units. */
  readonly start: number;
}

interface Option {
  readonly name: CodeToken;
  /** Empty where nothing stands behind the name. */
  readonly value: string;
}

/** null for any other statement, another EXPLAIN included. Throws SqlError 42601 on options that it does not know. */
export function parseExplain(sql: string): ParsedExplain | null {
  const code = codeTokens(sql);
  if (!isWord(tokenAt(code, 0), 'EXPLAIN') || !isSign(tokenAt(code, 1), '(')) return null;
  const end = matchingEnd(code, 1);
  const options = optionsIn(sql, code.slice(2, end - 1));
  if (!options.some((option) => isOn(option, 'SEMANTIC'))) return null;
  const start = tokenAt(code, end).start;
  if (end >= code.length) throw wrong(sql.length, 'EXPLAIN (SEMANTIC) needs a statement');
  for (const { name } of options) checkName(sql, name);
  const analyze = options.some((option) => isOn(option, 'ANALYZE') || isOn(option, 'ANALYSE'));
  const statement = sql.slice(start, endOfStatement(code, end));
  return Object.freeze({ options: Object.freeze({ analyze, format: formatOf(options) }), statement, start });
}

function optionsIn(sql: string, code: readonly CodeToken[]): readonly Option[] {
  const commas = code.flatMap((token, at) => (isSign(token, ',') ? [at] : []));
  return [-1, ...commas].map((comma, index) => {
    const tokens = code.slice(comma + 1, commas[index] ?? code.length);
    const [name, ...value] = tokens;
    const from = value[0]?.start ?? 0;
    const to = value.at(-1)?.end ?? 0;
    const text = sql.slice(from, to).replace(/^'(.*)'$/, '$1');
    return { name: name ?? tokenAt(code, -1), value: text.toLowerCase() };
  });
}

function isOn({ name, value }: Option, word: string): boolean {
  return isWord(name, word) && !['false', 'off', '0'].includes(value);
}

function formatOf(options: readonly Option[]): 'text' | 'json' {
  const format = options.findLast(({ name }) => isWord(name, 'FORMAT'));
  if (format === undefined || format.value === 'text') return 'text';
  if (format.value === 'json') return 'json';
  throw wrong(
    format.name.start,
    `EXPLAIN (SEMANTIC) has no format "${format.value}"`,
    'There are text and json.',
  );
}

function checkName(sql: string, name: CodeToken): void {
  if (isWord(name, 'SEMANTIC', 'ANALYZE', 'ANALYSE', 'FORMAT')) return;
  const written = sql.slice(name.start, name.end);
  throw wrong(
    name.start,
    `EXPLAIN (SEMANTIC) has no option "${written}"`,
    'There are SEMANTIC, ANALYZE and FORMAT.',
  );
}

function endOfStatement(code: readonly CodeToken[], from: number): number {
  const last = code.findLast((token, at) => at >= from && !isSign(token, ';'));
  return last?.end ?? 0;
}

function wrong(offset: number, message: string, hint?: string): SqlError {
  return new SqlError('42601', message, { position: offset + 1, ...(hint === undefined ? {} : { hint }) });
}
