import type { DuckDBResult } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import { checkPairs } from './check-pairs.ts';
import { type StatementPlan, unchanged } from './plan/plan-statement.ts';
import { type PassContext, runKeptPass } from './statement-passes.ts';
import { completeWalk, isComplete } from './walk-rows.ts';

/** A nested operator costs one pass a level; deeper than this is taken for a mistake. */
const MAX_PASSES = 64;

/** Passes until no answer is missing. A pass that missed is thrown away. */
export async function runQuery(plan: StatementPlan, context: PassContext): Promise<DuckDBResult> {
  const { evaluation } = context;
  for (const check of plan.checks) await checkPairs(check, context);
  for (const sql of plan.subqueries) await runQuery(unchanged(sql), context);
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const result = await runRound(plan, context);
    if (result !== null) {
      for (const { operator, answers } of plan.lookedUp) evaluation.lookedUp(operator, answers);
      return result;
    }
    await evaluation.settled();
  }
  throw new SqlError('54001', `the statement still misses answers after ${MAX_PASSES} passes`, {
    hint: 'It nests semantic operators too deeply, or its rows change with each pass. Split it up.',
  });
}

/** The walks and one pass; null where the pass missed something, or its rows may be other ones than were walked. */
async function runRound(plan: StatementPlan, context: PassContext): Promise<DuckDBResult | null> {
  const { evaluation, writes } = context;
  const before = writes.value;
  for (const walk of plan.walks) await completeWalk(walk, context);
  const result = await runKeptPass(context, plan.sql);
  if (evaluation.misses > 0) return null;
  if (writes.value === before) return result;
  for (const walk of plan.walks) if (!(await isComplete(walk, context))) return null;
  return result;
}
