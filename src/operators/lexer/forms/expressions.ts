import type { OperatorSet } from '../../cascade/operator-set.ts';
import { keywordOf } from '../../cascade/symbol.ts';
import { isWord } from '../code-token.ts';
import { isReserved } from '../keywords.ts';
import type { Span } from './span.ts';

/** An expression that evaluates nothing: a literal, a parameter, NULL, TRUE, FALSE or DEFAULT. */
export function isConstant(expression: Span): boolean {
  const token = expression.at(expression.length - 1);
  if (expression.length === 2) return expression.at(0).text === '-' && token.kind === 'number';
  if (expression.length > 2) return false;
  if (token.kind === 'word') return isWord(token, 'NULL', 'TRUE', 'FALSE', 'DEFAULT');
  return token.kind === 'string' || token.kind === 'number' || token.kind === 'parameter';
}

export function isDefault(expression: Span): boolean {
  return expression.length === 1 && expression.isWord(0, 'DEFAULT');
}

/** The expressions that evaluate something, as text. */
export function evaluated(expressions: readonly Span[]): readonly string[] {
  return expressions.filter((expression) => !isConstant(expression)).map(({ text }) => text);
}

export function textList(expressions: readonly Span[]): string {
  return expressions.map(({ text }) => text).join(', ');
}

/** Whether the span can call a function: by a name before a parenthesis, by one of our operators, in a subquery. */
export function callsAnything(span: Span): boolean {
  return span.code.some(
    (token, at) => isSymbol(token.text) || isCall(span, at) || isWord(token, 'SELECT', 'FROM'),
  );
}

/**
 * Whether the span calls a semantic operator, by its symbol or by its function's name. Without a set of operators
 * every call may be one.
 */
export function callsSemantic(span: Span, operators: OperatorSet | undefined): boolean {
  if (operators === undefined) return callsAnything(span);
  return span.code.some(
    (token, at) =>
      isSymbol(token.text) || (isCall(span, at) && operators.operators.has(token.text.toLowerCase())),
  );
}

function isCall(span: Span, at: number): boolean {
  const { kind, text } = span.at(at);
  if (kind !== 'quoted_name' && (kind !== 'word' || isReserved(text) || text === 'VALUES')) return false;
  return span.isSign(at + 1, '(');
}

function isSymbol(text: string): boolean {
  return keywordOf(text) !== undefined;
}
