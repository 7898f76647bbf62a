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
  let rows = rowsAhead(walk, 0, 0);
  let seen = walk.wanted === 0 ? null : await lookAt(walk.look(rows), context);
  while (seen !== null && !isDone(walk, seen, rows)) {
    const next = pause(PASS_INTERVAL_MS, undefined, { ref: false });
    rows = rowsAhead(walk, seen.known, evaluation.judged - before);
    await runPass(context, walk.ask(rows));
    await evaluation.progressed();
    await next;
    seen = await lookAt(walk.look(rows), context);
  }
}

/** Whether the rows that the walk wants are known now. Asks nothing. */
export async function isComplete(walk: Walk, context: PassContext): Promise<boolean> {
  const rows = walk.wanted + 1;
  return isDone(walk, await lookAt(walk.look(rows), context), rows);
}

/** What one look at the rows in question found. */
interface Seen {
  /** In order, whether a row is known to belong. */
  readonly flags: readonly boolean[];
  readonly known: number;
  /** Views and common tables miss answers too, so these may not be the rows. */
  readonly elsewhere: boolean;
}

async function lookAt(sql: string, context: PassContext): Promise<Seen> {
  const result = await runPass(context, sql);
  const flags = (await result.getRows()).map(([flag]) => flag === true);
  const known = flags.filter((flag) => flag).length;
  return Object.freeze({ flags, known, elsewhere: context.evaluation.misses > 0 });
}

function isDone({ wanted, ordered }: Walk, { flags, known, elsewhere }: Seen, rows: number): boolean {
  if (elsewhere) return false;
  if (known === flags.length && flags.length < rows) return true;
  return ordered ? flags.length >= wanted && !flags.slice(0, wanted).includes(false) : known >= wanted;
}

/** How many of the rows that may belong are to be judged: those still wanted for certain, and some ahead. */
function rowsAhead({ wanted }: Walk, known: number, judged: number): number {
  const open = Math.max(0, wanted - known);
  const first = Math.ceil((Math.min(FIRST_AHEAD, 2 * wanted + 1) * open) / wanted);
  return Math.max(wanted, known + open + Math.max(first, Math.floor(judged * SHARE_AHEAD)));
}
