import { dot, normalized } from '../vectors.ts';
import type { Concept } from './concepts.ts';
import type { Cue } from './cues.ts';
import { mean, weightedSum } from './weighted-sum.ts';

/** Gives unit vectors, one a text, in the order of the texts. */
export type EmbedAll = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/** A concept in one embedder's space. */
export interface PlacedConcept {
  readonly names: readonly Float32Array[];
  /** Unit vector from what speaks against towards what speaks for. */
  readonly axis: Float32Array;
  readonly cue: Cue | null;
}

/** The concepts in one embedder's space, and what its vectors look like when they are about anything at all. */
export interface ConceptSpace {
  readonly concepts: readonly PlacedConcept[];
  /** Unit vectors of assorted phrases. */
  readonly background: readonly Float32Array[];
  readonly center: Float32Array;
}

/** Embeds all phrases of the concepts once; they are the background too. */
export async function conceptSpace(concepts: readonly Concept[], embedAll: EmbedAll): Promise<ConceptSpace> {
  const phrases = [...new Set(concepts.flatMap((c) => [...c.names, ...c.speaksFor, ...c.speaksAgainst]))];
  const background = await embedAll(phrases);
  const placeOf = new Map(phrases.map((phrase, at) => [phrase, background[at] as Float32Array]));
  const vectorsOf = (texts: readonly string[]): readonly Float32Array[] =>
    texts.map((text) => placeOf.get(text) as Float32Array);
  const placed = concepts.map(({ names, speaksFor, speaksAgainst, cue }) => ({
    names: vectorsOf(names),
    axis: difference(mean(vectorsOf(speaksFor)), mean(vectorsOf(speaksAgainst))),
    cue,
  }));
  return { concepts: placed, background, center: mean(background) };
}

/** 0..1: how well the closest name of the concept fits. */
export function fit(concept: PlacedConcept, criterion: Float32Array): number {
  return Math.max(...concept.names.map((name) => dot(name, criterion)));
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  return normalized(weightedSum([a, b], [1, -1]));
}
