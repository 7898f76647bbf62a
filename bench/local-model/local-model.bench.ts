import { it } from 'vitest';
import type { Embedder } from '../../src/operators/models/embedder.ts';
import { ShippedEmbedder } from '../../src/operators/models/local/shipped-embedder.ts';
import { UniversalSentenceEncoder } from './universal-sentence-encoder.ts';
import { contenders } from './contender.ts';
import { type LabelledSet, labelledSets } from './labelled-sets.ts';
import { accuracy, calibrationError, zeroShotArea } from './measure.ts';

const EXAMPLES = [4, 16, 64];
const SEEDS = 3;
const embedders: Readonly<Record<string, Embedder>> = {
  static: new ShippedEmbedder(),
  USE: new UniversalSentenceEncoder(),
};
const sets = labelledSets();

it('the static model beside the Universal Sentence Encoder', async () => {
  if (sets === null)
    console.log('No labelled sets beside the repository (../shared/data): nothing to compare.');
  else console.table(await table(sets));
});

async function table(sets: readonly LabelledSet[]): Promise<Record<string, Record<string, number>>> {
  const rows: Record<string, Record<string, number>> = {};
  for (const [label, embedder] of Object.entries(embedders)) {
    const speed = await textsASecond(embedder, sets);
    for (const { name, judge } of contenders(label, embedder)) {
      for (const set of sets) {
        const row: Record<string, number> = {
          'texts/s': speed,
          'AUC, none': rounded(await zeroShotArea(judge, set)),
        };
        for (const count of EXAMPLES)
          row[`right, ${count}`] = rounded(await accuracy(judge, set, count, SEEDS));
        for (const count of [0, 64])
          row[`ECE, ${count}`] = rounded(await calibrationError(judge, set, count));
        rows[`${set.name}: ${name}`] = row;
      }
    }
  }
  return rows;
}

/** By processor time, so that what else the machine does counts little. */
async function textsASecond(embedder: Embedder, sets: readonly LabelledSet[]): Promise<number> {
  const texts = sets.flatMap(({ items }) => items.slice(0, 150).map(({ text }) => text));
  await embedder.embed(texts.slice(0, 50));
  const rounds = embedder.name.startsWith('rvbbit') ? 20 : 1;
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round++) await embedder.embed(texts);
  const { user, system } = process.cpuUsage(start);
  return Math.round((1e6 * rounds * texts.length) / (user + system));
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}
