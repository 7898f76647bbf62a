import { setTimeout as pause } from 'node:timers/promises';
import type { Walk } from './plan/walk.ts';
import { type PassContext, runPass } from './statement-passes.ts';

/** A pass takes milliseconds; more often than this they would only look for what is not there yet. */
const PASS_INTERVAL_MS = 10;
/** Rows judged ahead of the last one needed: first this many, then a share of what was judged so far. */
const FIRST_AHEAD = 11;
const SHARE_AHEAD = 1 / 5;

/** Judges rows in order until the walk has those it wants. As answers come, later rows are asked for. */
export async function completeWalk(walk: Walk, context: PassContext): Promise<void> {
  const { evaluation } = context;
  const before = evaluation.judged;
  while (walk.wanted > 0) {
    const next = pause(PASS_INTERVAL_MS, undefined, { ref: false });
    if (await isComplete(walk, context, evaluation.judged - before)) return;
    await evaluation.progressed();
    await next;
  }
}

/** One look at the rows in question; asks for what it misses. `judged`: answers that the walk has asked for so far. */
export async function isComplete(walk: Walk, context: PassContext, judged: number): Promise<boolean> {
  const rows = walk.wanted + ahead(walk.wanted, judged);
  const result = await runPass(context, walk.ask(rows));
  const known = (await result.getRows()).map(([flag]) => flag === true);
  const unknown = known.filter((flag) => !flag).length;
  // Views and common tables may miss answers too: then these are not the rows yet.
  return hasEnough(walk, known, rows) && context.evaluation.misses <= unknown;
}

function hasEnough({ wanted, ordered }: Walk, known: readonly boolean[], rows: number): boolean {
  if (known.length < rows && known.every((flag) => flag)) return true;
  if (!ordered) return known.filter((flag) => flag).length >= wanted;
  return known.length >= wanted && known.slice(0, wanted).every((flag) => flag);
}

function ahead(wanted: number, judged: number): number {
  return Math.max(Math.min(FIRST_AHEAD, 2 * wanted + 1), Math.floor(judged * SHARE_AHEAD));
}
