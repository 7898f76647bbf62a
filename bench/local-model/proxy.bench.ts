import { it } from 'vitest';
import { planSample } from '../proxy/sampling.ts';
import { Judgement } from '../../src/operators/models/local/judgement.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { remembered } from './contender.ts';
import { type LabelledSet, labelledSets } from './labelled-sets.ts';
import { hindsight, type Outcome, outcomeOf, type ScoredValue, targets } from './proxy-outcome.ts';
import { seededOrder } from './seeded-order.ts';

/** The labels stand in for the language model: how often a proxy keeps what it promises, and what it saves. */
const SEEDS = 100;
const embedder = new ShippedEmbedder();
const judgement = new Judgement(remembered(embedder), (texts) => embedder.embed(texts));
const sets = labelledSets(Infinity)?.filter(({ question }) => question !== null) ?? null;

it('a proxy keeps the recall and the precision asked for', async () => {
  if (sets === null) console.log('No labelled sets beside the repository (../shared/data): no proxy to try.');
  else
    console.table(Object.fromEntries(await Promise.all(sets.map(async (set) => [set.name, await row(set)]))));
});

async function row(set: LabelledSet): Promise<Record<string, number | string>> {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) outcomes.push(await round(set, seed));
  const share = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, o) => sum + of(o), 0) / outcomes.length;
  return {
    values: set.items.length,
    'recall kept': share(({ recall }) => Number(recall >= targets.recall)),
    'precision kept': share(({ precision }) => Number(precision >= targets.precision)),
    'both kept': share((o) => Number(o.recall >= targets.recall && o.precision >= targets.precision)),
    'no proxy': share(({ proxy }) => Number(!proxy)),
    'asked, training': share(({ training }) => training),
    'asked, sample': share(({ sample }) => sample),
    'asked in all': share(({ asked }) => asked),
    'in hindsight': share(({ hindsight }) => hindsight),
  };
}

async function round({ items, question }: LabelledSet, seed: number): Promise<Outcome> {
  if (question === null) throw new Error('a proxy decides yes or no');
  const { criterion, yes } = question;
  const holds = (label: string): boolean => label === yes;
  const order = seededOrder(items, seed);
  const trueShare = order.slice(0, 200).filter(({ label }) => holds(label)).length / 200;
  const plan = planSample(items.length, trueShare, targets);
  if (plan === null)
    return { proxy: false, recall: 1, precision: 1, training: 0, sample: 0, asked: 1, hindsight: 1 };
  const examples = order.slice(0, plan.training).map(({ text, label }) => ({
    text,
    criterion,
    grade: Number(holds(label)),
    confidence: 1,
  }));
  const grade = await judgement.grader(criterion, examples);
  const rest = order.slice(plan.training);
  const values: readonly ScoredValue[] = await Promise.all(
    rest.map(async ({ text, label }) => ({ score: await grade(text), holds: holds(label) })),
  );
  return { ...outcomeOf(values, plan, items.length), hindsight: hindsight(values, items.length) };
}
