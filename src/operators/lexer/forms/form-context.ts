import type { OperatorSet } from '../../cascade/operator-set.ts';
import type { Span } from './span.ts';

/** What the forms of a statement are made from. */
export interface FormContext {
  /** The statement from its own first word on, without WITH and semicolon. */
  readonly statement: Span;
  /** `WITH …` before the statement; empty if none. */
  readonly withClause: string;
  readonly operators: OperatorSet | undefined;
}

/** A query of a statement, able to see the statement's common table expressions. */
export function withCtes({ withClause }: FormContext, query: string): string {
  if (withClause === '') return query;
  return /^\s*(?:with|\()/i.test(query) ? `${withClause} SELECT * FROM (${query})` : `${withClause} ${query}`;
}
