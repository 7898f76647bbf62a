import { dot } from '../vectors.ts';
import { centrality } from './centrality.ts';
import type { EmbedAll } from './concept-space.ts';
import { sentences } from './sentences.ts';

export interface SummaryLimits {
  readonly sentences: number;
  /** Of the summary, in characters; the first sentence is kept however long it is. */
  readonly characters: number;
}

/** Said of every summary and topic made here. */
export const EXTRACTIVE_NOTE =
  'Extractive: chosen from the texts by embeddings, not written by a language model.';

const DEFAULT_LIMITS: SummaryLimits = { sentences: 3, characters: 600 };
/** How much likeness to what is already chosen counts against a sentence. */
const REPETITION = 0.6;
/** The graph of sentences grows with their square; of longer texts an even sample is ranked. */
const MOST_RANKED = 600;

/** The most central sentences of the texts, without repetition, in the order of the texts. Empty for texts without a word. */
export async function summarize(
  texts: readonly string[],
  embedAll: EmbedAll,
  limits: SummaryLimits = DEFAULT_LIMITS,
): Promise<string> {
  const candidates = evenSample([...new Set(texts.flatMap(sentences))], MOST_RANKED);
  if (candidates.length <= 1) return candidates.join('');
  const vectors = await embedAll(candidates);
  const chosen = chooseApart(candidates, vectors, limits);
  return chosen
    .toSorted((a, b) => a - b)
    .map((at) => candidates[at])
    .join(' ');
}

/** Positions in the order of choice: each time the most central one that repeats least (maximal marginal relevance). */
function chooseApart(
  candidates: readonly string[],
  vectors: readonly Float32Array[],
  limits: SummaryLimits,
): readonly number[] {
  const rank = centrality(vectors);
  const top = Math.max(...rank);
  const chosen: number[] = [];
  let room = limits.characters;
  const left = new Set(candidates.keys());
  while (chosen.length < limits.sentences) {
    const fitting = [...left].filter((at) => chosen.length === 0 || (candidates[at] as string).length < room);
    if (fitting.length === 0) break;
    const worth = (at: number): number =>
      (rank[at] as number) / top - REPETITION * nearest(vectors, at, chosen);
    const best = fitting.reduce((winner, at) => (worth(at) > worth(winner) ? at : winner));
    chosen.push(best);
    left.delete(best);
    room -= (candidates[best] as string).length + 1;
  }
  return chosen;
}

function nearest(vectors: readonly Float32Array[], at: number, others: readonly number[]): number {
  return others.reduce(
    (most, other) => Math.max(most, dot(vectors[at] as Float32Array, vectors[other] as Float32Array)),
    0,
  );
}

function evenSample<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)] as T);
}
