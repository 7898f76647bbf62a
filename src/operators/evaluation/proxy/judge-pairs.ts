import { LEAST_SAVING } from './decision.ts';
import { keepsRecall, rateNeeded } from './pair-proof.ts';
import type { Targets } from './targets.ts';

/** The distinct pairs of a join. */
export interface PairTask {
  /** How likely each is to go together; only their order counts. */
  readonly scores: Float64Array;
  /** A number in 0..1 for each pair that has nothing to do with its answer, the same in every statement. */
  readonly lots: Float64Array;
  /** Distinct values of both sides together. */
  readonly values: number;
  readonly targets: Pick<Targets, 'recall' | 'allowance'>;
  /** No more pairs than this may be asked about. */
  readonly most: number;
  /** The model's answers for pairs by their place; null is NULL, or a call that failed. */
  ask(at: readonly number[]): Promise<readonly (boolean | null)[]>;
}

export type PairVerdict =
  | {
      readonly kind: 'candidates';
      /** Places of the pairs that nobody asked about: they do not go together. */
      readonly ruledOut: readonly number[];
      readonly candidates: number;
      /** Pairs asked about beside the candidates. */
      readonly sampled: number;
    }
  /** `reason` ends the sentence "no pair is ruled out: …". */
  | { readonly kind: 'none'; readonly reason: string; readonly asked: number };

/** Candidates at first: a share of all pairs, and at least so many a value. Twice as many with each stage. */
const FIRST = { share: 0.05, each: 2 } as const;
/** Of what is left of the allowance, the share that each stage may use. */
const STAGE_ALLOWANCE = 0.8;

/** How many candidates the stage has, the first one being 0. */
export function candidatesAt(stage: number, pairs: number, values: number): number {
  const first = Math.max(Math.ceil(FIRST.share * pairs), FIRST.each * values);
  return first * 2 ** stage;
}

/** The chance with which the stage may be wrong. All of them together stay below the allowance. */
export function allowanceAt(stage: number, allowance: number): number {
  return allowance * STAGE_ALLOWANCE * (1 - STAGE_ALLOWANCE) ** stage;
}

/**
 * Asks about the most likely pairs, and about others by lot to prove that the rest may be ruled out; where that proves too
 * little, about more. What is tested in a stage hangs on scores and lots alone, so that the allowances add up.
 */
export async function judgePairs(task: PairTask): Promise<PairVerdict> {
  const { scores, lots, targets, ask } = task;
  const pairs = scores.length;
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const most = Math.min(task.most, (1 - LEAST_SAVING) * pairs);
  const answers = new Map<number, boolean>();
  const askAll = async (places: readonly number[]): Promise<boolean> => {
    const open = places.filter((at) => !answers.has(at));
    const given = await ask(open);
    for (const [index, at] of open.entries()) answers.set(at, given[index] === true);
    return !given.includes(null);
  };
  for (let stage = 0; ; stage += 1) {
    const count = candidatesAt(stage, pairs, task.values);
    if (count > most) break;
    const candidates = order.slice(0, count);
    const others = order.slice(count);
    if (!(await askAll(candidates))) return none('the model answers NULL', answers.size);
    const trues = candidates.filter((at) => answers.get(at) === true).length;
    const allowance = allowanceAt(stage, targets.allowance);
    const rate = rateNeeded(trues, targets.recall, allowance);
    const sample = others.filter((at) => (lots[at] as number) < rate);
    if (count + sample.length > most) continue;
    if (!(await askAll(sample))) return none('the model answers NULL', answers.size);
    const found = { candidates: trues, others: sample.filter((at) => answers.get(at) === true).length };
    if (!keepsRecall(found, rate, targets.recall, allowance)) continue;
    const ruledOut = others.filter((at) => !answers.has(at));
    return { kind: 'candidates', ruledOut, candidates: count, sampled: answers.size - count };
  }
  return none(`recall ${targets.recall} cannot be proved with fewer questions`, answers.size);
}

function none(reason: string, asked: number): PairVerdict {
  return { kind: 'none', reason, asked };
}
