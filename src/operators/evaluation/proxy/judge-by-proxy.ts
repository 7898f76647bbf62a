import { decide, type Decision, LEAST_SAVING } from './decision.ts';
import { drawn } from './drawn.ts';
import type { MarkedText, ProxyModel } from './proxy-model.ts';
import { planSample, trainingSize } from './sampling.ts';
import type { Targets } from './targets.ts';
import { chooseThresholds } from './thresholds.ts';

/** Distinct values of one criterion. */
export interface ProxyTask {
  readonly texts: readonly string[];
  /** A number for each text that has nothing to do with its answer, the same in every statement: samples go by it. */
  readonly lots: Float64Array;
  readonly criterion: string | null;
  /** What people have marked, beside what is asked. */
  readonly marked: readonly MarkedText[];
  readonly targets: Targets;
  /** The model's answers for texts by their place; null is NULL, or a call that failed. */
  ask(at: readonly number[]): Promise<readonly (boolean | null)[]>;
}

export type ProxyVerdict =
  | {
      readonly kind: 'proxy';
      /** By place; those asked about on the way are among those to ask. */
      readonly decisions: readonly Decision[];
      /** Log odds, by place. */
      readonly scores: Float64Array;
      /** Values asked about to train the proxy, and to prove it. */
      readonly trained: number;
      readonly proved: number;
    }
  /** `reason` ends the sentence "no proxy: …". */
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** null where no proxy was trained. */ readonly scores: Float64Array | null;
    };

/** After a first training by lot: the values that the proxy doubts most, which it would leave to the model anyway. */
export const DOUBTFUL = { rounds: 2, share: 0.03, most: 1_000, among: 20_000 } as const;

/**
 * Trains a proxy on values that the model is asked about, proves on others how far it can be trusted, and lets it decide
 * where it can. The values of the proof are drawn before the first answer to them or the training is known, and are never
 * trained on.
 */
export async function judgeByProxy(task: ProxyTask, model: ProxyModel): Promise<ProxyVerdict> {
  const { texts, lots, targets } = task;
  const drawnFirst = drawn(lots, 0, trainingSize(texts.length));
  const first = await task.ask(drawnFirst);
  if (first.includes(null)) return NULLS;
  const trueShare = first.filter((holds) => holds === true).length / first.length;
  const plan = planSample(texts.length, trueShare, targets);
  if (plan === null) {
    const share = `${Math.round(100 * trueShare)}%`;
    return none(`with ${share} true answers, a proof takes too many of ${texts.length} values`);
  }
  const proof = drawn(lots, plan.training, plan.training + plan.calibration);
  const lessons = new Map(drawnFirst.map((at, index) => [at, first[index] === true]));
  const scores = await trained(task, model, lessons, new Set(proof));
  if (scores === null) return NULLS;
  const proved = await task.ask(proof);
  const sample = proof.map((at, index) => ({ score: scores[at] as number, holds: proved[index] ?? null }));
  const choice = chooseThresholds(scores, sample, targets);
  if (choice.kind === 'none') return none(choice.reason, scores);
  const asked = new Set([...lessons.keys(), ...proof]);
  const decisions = texts.map((_, at) =>
    asked.has(at) ? 'ask' : decide(scores[at] as number, choice.thresholds),
  );
  const saved = decisions.filter((decision) => decision !== 'ask').length / texts.length;
  if (saved < LEAST_SAVING)
    return none(`it would decide no more than ${Math.floor(100 * saved)}% of ${texts.length} values`, scores);
  return { kind: 'proxy', decisions, scores, trained: lessons.size, proved: proof.length };
}

/** The scores of all texts in the end, by place; null where an answer is NULL. Adds the lessons on the way. */
async function trained(
  { texts, criterion, marked, ask }: ProxyTask,
  model: ProxyModel,
  lessons: Map<number, boolean>,
  apart: ReadonlySet<number>,
): Promise<Float64Array | null> {
  const trainer = await model.about(criterion);
  const open = thinned(texts.length, DOUBTFUL.among).filter((at) => !lessons.has(at) && !apart.has(at));
  for (let round = 0; ; round += 1) {
    const taught = [...lessons].map(([at, holds]) => ({ text: texts[at] ?? '', holds }));
    const score = await trainer.train([...marked, ...taught]);
    if (round === DOUBTFUL.rounds) return score(texts);
    const places = open.filter((at) => !lessons.has(at));
    const scores = await score(places.map((at) => texts[at] ?? ''));
    const doubted = mostDoubtful(scores, doubtfulSize(texts.length)).map((index) => places[index] as number);
    const answers = await ask(doubted);
    if (answers.includes(null)) return null;
    for (const [index, at] of doubted.entries()) lessons.set(at, answers[index] === true);
  }
}

/** Values asked about in one round of doubt. */
export function doubtfulSize(values: number): number {
  return Math.min(DOUBTFUL.most, Math.round(DOUBTFUL.share * values));
}

function mostDoubtful(scores: Float64Array, count: number): readonly number[] {
  const doubt = (at: number): number => Math.abs(scores[at] as number);
  return [...scores.keys()].sort((a, b) => doubt(a) - doubt(b)).slice(0, count);
}

/** Places from 0 to `count`, in even steps so that no more than `most` are left. */
function thinned(count: number, most: number): readonly number[] {
  const step = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => at * step);
}

const NULLS: ProxyVerdict = Object.freeze({ kind: 'none', reason: 'the model answers NULL', scores: null });

function none(reason: string, scores: Float64Array | null = null): ProxyVerdict {
  return { kind: 'none', reason, scores };
}
