import { it } from 'vitest';
import { judgeByProxy } from '../../src/operators/evaluation/proxy/judge-by-proxy.ts';
import { ProxyModel } from '../../src/operators/evaluation/proxy/proxy-model.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { report } from '../support/report.ts';
import { type LabelledSet, labelledSets } from './labelled-sets.ts';
import { type Outcome, outcomeOf, targets } from './proxy-outcome.ts';
import { seededRandom } from './seeded-order.ts';

/** The labels stand in for the language model: how often a proxy keeps what it promises, and what it saves. */
const SEEDS = Number(process.env['SEEDS'] ?? 100);
const model = new ProxyModel(new ShippedEmbedder());

/** A question of yes or no for each set. */
const QUESTIONS: Readonly<Record<string, { readonly criterion: string; readonly yes: RegExp }>> = {
  spam: { criterion: 'spam', yes: /^spam$/ },
  'film reviews': { criterion: 'positive review', yes: /^positive$/ },
  intents: { criterion: 'about a bank account', yes: /^(bill_due|balance)$/ },
};

it('a proxy keeps the recall and the precision asked for', async () => {
  const sets = labelledSets(Infinity);
  if (sets === null) console.log('No labelled sets beside the repository (../shared/data): no proxy to try.');
  for (const set of sets ?? []) await tell(set);
});

async function tell(set: LabelledSet): Promise<void> {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) outcomes.push(await round(set, seed));
  const share = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, one) => sum + of(one), 0) / outcomes.length;
  const percent = (of: (outcome: Outcome) => number): string => `${(100 * share(of)).toFixed(1)}%`;
  const used = outcomes.filter(({ proxy }) => proxy);
  const from = `${set.name}: ${set.items.length} values, ${SEEDS} seeds, ${used.length} with a proxy`;
  report({
    what: 'seeds that keep recall and precision 0.95',
    value: share((o) => Number(o.recall >= targets.recall && o.precision >= targets.precision)),
    target: { atLeast: 0.95 },
    from,
  });
  const scored = outcomes.flatMap(({ hindsight }) => hindsight ?? []);
  const mean = scored.reduce((sum, one) => sum + one, 0) / scored.length;
  const best = scored.length === 0 ? 'none was trained' : mean.toFixed(3);
  const beside = `${percent(({ training }) => training)} to train, ${percent(({ sample }) => sample)} to prove`;
  report({
    what: `share of values that the model is asked about; in hindsight ${best}`,
    value: share(({ asked }) => asked),
    target: null,
    from: `${set.name}: ${beside}`,
  });
}

function round({ name, items }: LabelledSet, seed: number): Promise<Outcome> {
  const question = QUESTIONS[name];
  if (question === undefined) throw new Error(`no question for ${name}`);
  const random = seededRandom(seed);
  const truth = items.map(({ label }) => question.yes.test(label));
  return judgeByProxy(
    {
      texts: items.map(({ text }) => text),
      lots: Float64Array.from(items, random),
      criterion: question.criterion,
      marked: [],
      targets,
      ask: async (at) => at.map((place) => truth[place] ?? null),
    },
    model,
  ).then((verdict) => outcomeOf(verdict, truth));
}
