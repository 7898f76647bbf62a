import { dot, normalized } from '../vectors.ts';
import { clusters } from './clusters.ts';
import type { EmbedAll } from './concept-space.ts';
import { isZero } from './is-zero.ts';
import { phrases } from './phrases.ts';
import { mean } from './weighted-sum.ts';

export interface Topic {
  /** The phrases most typical of its texts, parted by commas; the most typical text where they share no phrase. */
  readonly label: string;
  /** Positions of its texts, in their order. */
  readonly members: readonly number[];
}

const LABEL_PHRASES = 3;
const CANDIDATES = 40;

/** At most `count` topics of the texts, the largest first. Texts without a known word belong to the last one, "other". */
export async function topics(
  texts: readonly string[],
  count: number,
  embedAll: EmbedAll,
): Promise<readonly Topic[]> {
  const vectors = await embedAll(texts);
  const [rest, known] = parted([...texts.keys()], (at) => !isZero(vectors[at] as Float32Array));
  const groups = grouped(
    known,
    clusters(
      known.map((at) => vectors[at] as Float32Array),
      count,
    ),
  );
  const named = await Promise.all(
    groups.map(async (members) => ({ label: await labelOf(texts, vectors, members, embedAll), members })),
  );
  const largest = named.toSorted((a, b) => b.members.length - a.members.length);
  return rest.length === 0 ? largest : [...largest, { label: 'other', members: rest }];
}

/** Those that fail and those that pass, each in their order. */
function parted(items: readonly number[], passes: (item: number) => boolean): [number[], number[]] {
  const parts: [number[], number[]] = [[], []];
  for (const item of items) parts[passes(item) ? 1 : 0].push(item);
  return parts;
}

function grouped(items: readonly number[], assigned: readonly number[]): readonly (readonly number[])[] {
  const numbers = [...new Set(assigned)];
  return numbers.map((number) => items.filter((_, i) => assigned[i] === number));
}

/** Phrases that are both frequent inside, rare outside, and close to the middle of the topic. */
async function labelOf(
  texts: readonly string[],
  vectors: readonly Float32Array[],
  members: readonly number[],
  embedAll: EmbedAll,
): Promise<string> {
  const center = normalized(mean(members.map((at) => vectors[at] as Float32Array)));
  const frequent = distinctive(texts, new Set(members)).slice(0, CANDIDATES);
  const placed = await embedAll(frequent.map(({ phrase }) => phrase));
  const ranked = frequent
    .map(({ phrase, weight }, i) => ({
      phrase,
      worth: weight * Math.max(0, dot(placed[i] as Float32Array, center)),
    }))
    .toSorted((a, b) => b.worth - a.worth);
  const chosen = withoutRepeats(ranked.map(({ phrase }) => phrase)).slice(0, LABEL_PHRASES);
  return chosen.length > 0 ? chosen.join(', ') : mostTypical(texts, vectors, members, center);
}

interface Weighed {
  readonly phrase: string;
  readonly weight: number;
}

/** Phrases of two texts or more, by how much more often they are inside than outside. */
function distinctive(texts: readonly string[], members: ReadonlySet<number>): readonly Weighed[] {
  const inside = new Map<string, number>();
  const outside = new Map<string, number>();
  for (const [at, text] of texts.entries()) {
    const counts = members.has(at) ? inside : outside;
    for (const phrase of phrases(text)) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return [...inside]
    .filter(([, count]) => count > 1)
    .map(([phrase, count]) => ({
      phrase,
      weight: count * Math.log1p(count / (1 + (outside.get(phrase) ?? 0))),
    }))
    .toSorted((a, b) => b.weight - a.weight || (a.phrase < b.phrase ? -1 : 1));
}

/** Leaves out phrases that share a word with an earlier one. */
function withoutRepeats(ranked: readonly string[]): readonly string[] {
  const said = new Set<string>();
  return ranked.filter((phrase) => {
    const words = phrase.split(' ');
    if (words.some((word) => said.has(word))) return false;
    for (const word of words) said.add(word);
    return true;
  });
}

function mostTypical(
  texts: readonly string[],
  vectors: readonly Float32Array[],
  members: readonly number[],
  center: Float32Array,
): string {
  const nearness = (at: number): number => dot(vectors[at] as Float32Array, center);
  const best = members.reduce((winner, at) => (nearness(at) > nearness(winner) ? at : winner));
  return texts[best] as string;
}
