import type { DuckDBResult } from '@duckdb/node-api';
import { messageOf } from '../../errors.ts';
import type { StatementPlan } from './plan/plan-statement.ts';
import { runQuery } from './run-query.ts';
import { MISSING_ANSWER } from './semantic-function.ts';
import { type PassContext, runPass } from './statement-passes.ts';
import { completeWalk } from './walk-rows.ts';

/** Times a data-changing statement is tried when others change its rows between the passes and the run. */
const MAX_RUNS = 8;

/**
 * A statement that changes data runs once, when its queries (`forms`) miss nothing; should it miss all the same, it is
 * undone and its queries run again.
 */
export async function runChange(
  forms: readonly StatementPlan[],
  plan: StatementPlan,
  context: PassContext,
): Promise<DuckDBResult> {
  for (let attempt = 1; ; attempt += 1) {
    for (const form of forms) await runQuery(form, context);
    for (const walk of plan.walks) await completeWalk(walk, context);
    try {
      return await runPass(context, plan.sql, true);
    } catch (error) {
      if (attempt === MAX_RUNS || !messageOf(error).includes(MISSING_ANSWER)) throw error;
    }
    await context.evaluation.settled();
  }
}
