import { SqlError } from '../../errors.ts';
import type { PairCheck } from './plan/pair-check.ts';
import { type PassContext, runPass } from './statement-passes.ts';

/** Combinations past this number are not even looked at one by one. */
const MOST_COMBINATIONS = 5_000_000;

/** Throws SqlError 54000 where a semantic join would judge more pairs than it may. Asks nothing. */
export async function checkPairs(check: PairCheck, context: PassContext): Promise<void> {
  const most = context.settings.maxPairs;
  const sides = check.sides === null ? null : await countSides(check.sides, context);
  const combinations = sides === null ? Number.POSITIVE_INFINITY : sides[0] * sides[1];
  if (combinations <= most) return;
  const tooMany = sides !== null && combinations > MOST_COMBINATIONS;
  const pairs = tooMany ? combinations : await countOf(check.pairs, context);
  if (pairs > most) throw tooManyPairs(check.operator, pairs, most, sides);
}

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

function tooManyPairs(
  operator: string,
  pairs: number,
  most: number,
  sides: readonly [number, number] | null,
): SqlError {
  const values = sides === null ? '' : ` (${sides[0]} × ${sides[1]} distinct values)`;
  return new SqlError(
    '54000',
    `${operator} would judge ${pairs} pairs${values}; rvbbit.max_pairs allows ${most}`,
    {
      detail: 'Nothing was asked and nothing was spent.',
      hint: `Add a cheap join condition, ask about each side alone (a.x MEANS '…' AND b.x MEANS '…'), or SET rvbbit.max_pairs = ${pairs}.`,
    },
  );
}
