import { it } from 'vitest';
import { labelledSets } from '../local-model/labelled-sets.ts';
import type { LabelledSet } from '../local-model/labelled-sets.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { Comparison } from '../../src/training/measure/comparison.ts';
import { SHIPPED_STRATEGIES } from '../../src/training/strategies/find-strategy.ts';
import { ASKED, answersTaught } from './taught-accuracy.ts';

/** Marks that are there to choose from, of which LIMIT go into a prompt. */
const MARKS = [0, 4, 16, 64];
const LIMIT = 5;
const SEEDS = [1, 2, 3];

const embedder = new ShippedEmbedder();
const sets = labelledSets();

it('what marks teach the local model', async () => {
  if (sets === null)
    console.log('No labelled sets beside the repository (../shared/data): nothing to learn from.');
  else await printTables(sets);
});

async function printTables(all: readonly LabelledSet[]): Promise<void> {
  const rows: Record<string, Record<string, number | string>> = {};
  for (const strategy of SHIPPED_STRATEGIES.names()) {
    const total = new Comparison();
    const rates: Record<string, number[]> = {};
    for (const set of all) Object.assign(rows, await setRow(strategy, set, total, rates));
    rows[`all: ${strategy}`] = { ...means(rates), ...verdictOf(total) };
  }
  console.log(
    `Right answers on ${ASKED} held-out texts a set, mean of ${SEEDS.length} draws; ${LIMIT} examples a prompt.`,
  );
  console.table(rows);
}

async function setRow(
  strategy: string,
  set: LabelledSet,
  total: Comparison,
  rates: Record<string, number[]>,
): Promise<Record<string, Record<string, number | string>>> {
  const own: Record<string, number[]> = {};
  const gain = new Comparison();
  for (const seed of SEEDS) {
    const rights = [];
    for (const marks of MARKS) {
      const right = await answersTaught(embedder, set, { strategy, marks, limit: LIMIT }, seed);
      const rate = right.filter(Boolean).length / right.length;
      (own[`${marks} marks`] ??= []).push(rate);
      (rates[`${marks} marks`] ??= []).push(rate);
      rights.push(right);
    }
    addRows([gain, total], rights[0] ?? [], rights.at(-1) ?? []);
  }
  return { [`${set.name}: ${strategy}`]: { ...means(own), ...verdictOf(gain) } };
}

/** A text drawn twice is one cluster: the same position in the same set. */
function addRows(
  comparisons: readonly Comparison[],
  before: readonly boolean[],
  after: readonly boolean[],
): void {
  for (const [at, right] of before.entries())
    for (const comparison of comparisons) comparison.add(at, right, after[at] === true);
}

function means(rates: Readonly<Record<string, readonly number[]>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rates).map(([name, values]) => [
      name,
      Math.round((1000 * values.reduce((sum, one) => sum + one, 0)) / values.length) / 1000,
    ]),
  );
}

function verdictOf(comparison: Comparison): Record<string, string> {
  const { delta, interval, midP } = comparison.result();
  const [low, high] = interval.map((bound) => (100 * bound).toFixed(1));
  return {
    'gain 0 to 64': `${(100 * delta).toFixed(1)} (${low} to ${high})`,
    'mid-p': midP < 0.0001 ? '<0.0001' : midP.toFixed(4),
  };
}
