import { mayUseProxy } from '../../operators/evaluation/proxy/may-use-proxy.ts';
import { tooManyPairs } from '../../operators/evaluation/too-many-pairs.ts';
import type { PairCheck } from './plan/pair-check.ts';
import { type PassContext, runPass } from './statement-passes.ts';

/** Combinations past this number are not even looked at one by one. */
const MOST_COMBINATIONS = 5_000_000;
/** Most pairs that are compared by embedding to rule some out: about 1 KB each. */
const MOST_COMPARED = 1_000_000;

/**
 * Throws SqlError 54000 where a semantic join would judge more pairs than it may. Asks nothing. Where pairs may be ruled
 * out by embedding, the evaluation sees to it that no more are asked about.
 */
export async function checkPairs(check: PairCheck, context: PassContext): Promise<void> {
  const most = context.settings.maxPairs;
  const sides = check.sides === null ? null : await countSides(check.sides, context);
  const combinations = sides === null ? Number.POSITIVE_INFINITY : sides[0] * sides[1];
  if (combinations <= most) return;
  const tooMany = sides !== null && combinations > MOST_COMBINATIONS;
  const pairs = tooMany ? combinations : await countOf(check.pairs, context);
  if (pairs <= most) return;
  if (pairs <= MOST_COMPARED && mayUseProxy(check.sql, context.settings)) {
    context.evaluation.limitPairs(check.sql.name);
    return;
  }
  const values = sides === null ? '' : ` (${sides[0]} × ${sides[1]} distinct values)`;
  const { recall } = context.settings;
  throw tooManyPairs(check.sql.name, pairs, most, values, { detail: NOTHING_ASKED, recall });
}

const NOTHING_ASKED = 'Nothing was asked and nothing was spent.';

async function countSides(
  sides: readonly [string, string],
  context: PassContext,
): Promise<readonly [number, number]> {
  return [await countOf(sides[0], context), await countOf(sides[1], context)];
}

async function countOf(sql: string, context: PassContext): Promise<number> {
  const [row] = await (await runPass(context, sql)).getRows();
  return Number(row?.[0]);
}
