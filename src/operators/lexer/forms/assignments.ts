import type { Span } from './span.ts';

/** `column = value` of a SET clause. */
export interface Assignment {
  /** As written. */
  readonly column: string;
  readonly value: Span;
}

/**
 * The assignments of a SET clause. `(a, b) = (1, 2)` and `(a, b) = ROW(1, 2)` are taken apart; of `(a, b) = value` the
 * column is `(a, b)`.
 */
export function assignmentsOf(clause: Span): readonly Assignment[] {
  return clause.split().flatMap(assignments);
}

function assignments(part: Span): readonly Assignment[] {
  const equals = part.find(0, (token) => token.text === '=' || token.text === ':=');
  const column = part.slice(0, equals);
  const value = part.slice(equals + 1);
  const columns = column.isSign(0, '(') ? column.inside(0).split() : [];
  const values = rowValues(value);
  if (columns.length === 0 || columns.length !== values.length) return [{ column: column.text, value }];
  return columns.map((each, at) => ({ column: each.text, value: values[at] as Span }));
}

function rowValues(value: Span): readonly Span[] {
  const open = value.isWord(0, 'ROW') ? 1 : 0;
  const isRow = value.isSign(open, '(') && value.closing(open) === value.length;
  return isRow && !value.isWord(open + 1, 'SELECT', 'WITH', 'FROM') ? value.inside(open).split() : [];
}
