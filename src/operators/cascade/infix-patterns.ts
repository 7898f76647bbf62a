import type { InfixPattern, OperatorArg } from './cascade.ts';
import { suggestion } from './nearest.ts';
import { SQL_KEYWORDS } from './sql-keywords.ts';
import { MAX_KEYWORD_LENGTH, symbolOf } from './symbol.ts';

const PATTERN = /^\{\{\s*(\w+)\s*\}\}\s+(\S(?:.*\S)?)\s+\{\{\s*(\w+)\s*\}\}$/s;

/**
 * `{{ text }} MEANS {{ criterion }}` as an infix operator, and, where it gives a truth value, NOT MEANS beside it.
 * Throws Error with the reason.
 */
export function infixPatterns(
  text: string,
  args: readonly OperatorArg[],
  boolean: boolean,
): readonly InfixPattern[] {
  const [, left = '', words = '', right = ''] = PATTERN.exec(text.trim()) ?? [];
  if (words === '') throw new Error(`the pattern "${text}" is not of the form {{ a }} KEYWORD {{ b }}`);
  requireArguments(text, args, left, right);
  const keyword = words.toUpperCase().replace(/\s+/g, ' ');
  requireFree(keyword);
  const plain = { keyword, symbol: requireSymbol(keyword), negated: false, left, right };
  if (!boolean) return [plain];
  const negated = `NOT ${keyword}`;
  return [plain, { ...plain, keyword: negated, symbol: requireSymbol(negated), negated: true }];
}

function requireArguments(text: string, args: readonly OperatorArg[], left: string, right: string): void {
  const names = args.map((arg) => arg.name);
  const unknown = [left, right].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `the pattern "${text}" names no argument with {{ ${unknown} }}. ${suggestion(unknown, names)}`,
    );
  }
  if (left === right) throw new Error(`the pattern "${text}" has {{ ${left} }} on both sides`);
  const missing = args.find((arg) => !arg.optional && arg.name !== left && arg.name !== right);
  if (missing !== undefined)
    throw new Error(`the pattern "${text}" leaves out "${missing.name}", which is not optional`);
}

function requireFree(keyword: string): void {
  const first = keyword.split(' ')[0] ?? '';
  if (first === 'NOT')
    throw new Error(`the operator ${keyword} begins with NOT, which a BOOLEAN operator gets by itself`);
  if (SQL_KEYWORDS.has(first)) throw new Error(`the operator ${keyword} would hide SQL's own ${first}`);
}

function requireSymbol(keyword: string): string {
  const symbol = symbolOf(keyword);
  if (symbol !== undefined) return symbol;
  throw new Error(
    `the operator ${keyword} cannot be spelt: letters A to Z, digits, _ and single spaces, at most ` +
      `${MAX_KEYWORD_LENGTH} characters with NOT`,
  );
}
