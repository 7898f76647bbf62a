import { type Node, parse } from 'libpg-query';
import { parametersOf } from '../../../operators/lexer/forms/parameters.ts';
import type { PairCheck } from './pair-check.ts';
import type { ParameterValues } from './row-window.ts';
import { type RewriterOptions, StatementRewriter } from './statement-rewriter.ts';
import { statementText } from './statement-text.ts';
import type { Walk } from './walk.ts';

/** How a statement is evaluated: the checks, the subqueries, the walks, then passes of the rewritten text. */
export interface StatementPlan {
  readonly sql: string;
  /** Inner ones first. */
  readonly walks: readonly Walk[];
  readonly checks: readonly PairCheck[];
  /** Queries that are to miss nothing before the rest is evaluated, inner ones first. */
  readonly subqueries: readonly string[];
  /** Answers that DuckDB looks up itself. */
  readonly lookedUp: readonly LookedUp[];
}

/** Answers that no function is asked for. */
export interface LookedUp {
  readonly operator: string;
  /** Distinct ones that the query may meet, at most. */
  readonly answers: number;
}

export type PlanningOptions = Omit<RewriterOptions, 'parameters'> & { readonly values: ParameterValues };

/** Longer than this beside its original, a rewritten statement costs more to plan than it saves. */
const MOST_GROWTH = 64_000;

/** Gives the statement as it is where PostgreSQL's parser cannot read it: DuckDB's own syntax. */
export async function planStatement(sql: string, options: PlanningOptions): Promise<StatementPlan> {
  const statement = await parsed(sql);
  if (statement === undefined) return unchanged(sql);
  const rewriter = new StatementRewriter({ ...options, parameters: parametersOf(sql) });
  const rewritten = rewriter.rewrite(statement);
  const text = rewritten === statement ? sql : statementText(rewritten);
  if (text.length > sql.length + MOST_GROWTH) return unchanged(sql);
  return Object.freeze({
    sql: text,
    walks: rewriter.walks,
    checks: rewriter.checks,
    subqueries: rewriter.subqueries,
    lookedUp: Object.freeze([]),
  });
}

export function unchanged(sql: string): StatementPlan {
  return Object.freeze({
    sql,
    walks: Object.freeze([]),
    checks: Object.freeze([]),
    subqueries: Object.freeze([]),
    lookedUp: Object.freeze([]),
  });
}

/** undefined where it does not parse, and for several statements in one. */
async function parsed(sql: string): Promise<Node | undefined> {
  try {
    const { stmts = [] } = await parse(sql);
    return stmts.length === 1 ? stmts[0]?.stmt : undefined;
  } catch {
    return undefined;
  }
}
