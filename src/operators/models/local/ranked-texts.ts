import { dot, normalized } from '../vectors.ts';
import type { EmbedAll } from './concept-space.ts';
import { mean } from './weighted-sum.ts';

/** Texts nearer than this repeat one another. */
const REPEATED = 0.9;

/** The most typical text first. */
export async function nearestFirst(texts: readonly string[], embedAll: EmbedAll): Promise<readonly string[]> {
  if (texts.length < 2) return texts;
  const vectors = await embedAll(texts);
  const center = normalized(mean(vectors));
  const nearness = vectors.map((vector) => dot(vector, center));
  const order = [...texts.keys()].toSorted((a, b) => (nearness[b] as number) - (nearness[a] as number));
  return order.map((at) => texts[at] as string);
}

/** The least typical text first. */
export async function farthestFirst(
  texts: readonly string[],
  embedAll: EmbedAll,
): Promise<readonly string[]> {
  return (await nearestFirst(texts, embedAll)).toReversed();
}

/** The texts without those that say what an earlier one says. */
export async function distinctTexts(
  texts: readonly string[],
  embedAll: EmbedAll,
): Promise<readonly string[]> {
  const values = [...new Set(texts)];
  const vectors = await embedAll(values);
  const kept: number[] = [];
  for (const [at, vector] of vectors.entries()) {
    const repeats = kept.some(
      (other) =>
        dot(vectors[other] as Float32Array, vector) >= REPEATED &&
        sameNumbers(values[other] as string, values[at] as string),
    );
    if (!repeats) kept.push(at);
  }
  return kept.map((at) => values[at] as string);
}

/** Numbers tell things apart that are near in every other way: versions, sizes, years. */
export function sameNumbers(one: string, other: string): boolean {
  return numbersIn(one) === numbersIn(other);
}

function numbersIn(text: string): string {
  return (text.match(/\d+/g) ?? []).sort().join(' ');
}
