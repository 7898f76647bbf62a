import type { GradedExample } from '../../src/operators/models/local/judgement.ts';
import { areaUnderCurve, type Scored } from './area-under-curve.ts';
import type { Judge } from './contender.ts';
import type { LabelledSet, LabelledText } from './labelled-sets.ts';
import { seededOrder } from './seeded-order.ts';

/** Texts to judge and marked texts to judge them by. */
interface Split {
  readonly marked: readonly LabelledText[];
  readonly asked: readonly LabelledText[];
}

/** Texts of a set that are never marked, so that every number of examples is tried on the same ones. */
const ASKED = 600;
const BINS = 10;

/** Area under the curve without an example: of the question, or the mean over the labels, each against all others. */
export async function zeroShotArea(judge: Judge, set: LabelledSet): Promise<number> {
  const { asked } = split(set, 0, 1);
  const questions =
    set.question === null
      ? set.labels.map((label) => ({ criterion: words(label), yes: label }))
      : [set.question];
  const areas = [];
  for (const { criterion, yes } of questions) {
    const scored = asked.map(async ({ text, label }) => ({
      holds: label === yes,
      score: await judge.grade({ text, criterion }, []),
    }));
    areas.push(areaUnderCurve(await Promise.all(scored)));
  }
  return mean(areas);
}

/** Share of right answers with so many examples, in the mean over the seeds of the draw. */
export async function accuracy(
  judge: Judge,
  set: LabelledSet,
  examples: number,
  seeds: number,
): Promise<number> {
  const rates = [];
  for (let seed = 1; seed <= seeds; seed++)
    rates.push(await rightShare(judge, set, split(set, examples, seed)));
  return mean(rates);
}

/**
 * How far the probabilities are from the truth: the mean distance, over ten equal bins of probability, between what was said
 * and what was so, each bin by its share of the texts. Of a question of yes or no only.
 */
export async function calibrationError(
  judge: Judge,
  { question, ...set }: LabelledSet,
  examples: number,
): Promise<number> {
  if (question === null) return Number.NaN;
  const { marked, asked } = split({ ...set, question }, examples, 1);
  const known = graded(marked, question);
  const said = asked.map(async ({ text, label }) => ({
    score: await judge.grade({ text, criterion: question.criterion }, known),
    holds: label === question.yes,
  }));
  return expectedError(await Promise.all(said));
}

export function expectedError(said: readonly Scored[]): number {
  const gaps = Array<number>(BINS).fill(0);
  for (const { score, holds } of said) {
    const bin = Math.min(BINS - 1, Math.floor(score * BINS));
    gaps[bin] = (gaps[bin] as number) + score - Number(holds);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / said.length;
}

async function rightShare(judge: Judge, set: LabelledSet, { marked, asked }: Split): Promise<number> {
  const right = asked.map(async ({ text, label }) => {
    if (set.question === null) {
      const known = marked.map((item) => ({ ...item, criterion: null, confidence: 1 }));
      return (await judge.label({ text, criterion: null }, set.labels, known)).label === label;
    }
    const { criterion, yes } = set.question;
    const known = graded(marked, set.question);
    return (await judge.grade({ text, criterion }, known)) > 0.5 === (label === yes);
  });
  return mean((await Promise.all(right)).map(Number));
}

function graded(
  marked: readonly LabelledText[],
  { criterion, yes }: NonNullable<LabelledSet['question']>,
): readonly GradedExample[] {
  return marked.map(({ text, label }) => ({ text, criterion, confidence: 1, grade: Number(label === yes) }));
}

/** Marked texts in equal parts a label where they are as many as the labels or more. */
function split(set: LabelledSet, examples: number, seed: number): Split {
  const fixed = seededOrder(set.items, 1);
  const pool = seededOrder(fixed.slice(ASKED), seed);
  const turns = set.labels.map((label) => pool.filter((item) => item.label === label));
  const rounds = Array.from({ length: pool.length }, (_, at) =>
    turns.flatMap((turn) => turn.slice(at, at + 1)),
  );
  return { marked: rounds.flat().slice(0, examples), asked: fixed.slice(0, ASKED) };
}

function words(label: string): string {
  return label.replaceAll('_', ' ');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
