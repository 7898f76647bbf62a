import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Embedder } from '../../models/embedder.ts';
import { dot } from '../../models/vectors.ts';

/** Two texts of which a join asks whether they go together. */
export type TextPair = readonly [left: string, right: string];

/** Pairs between two turns of the event loop: about 5 ms. */
const SLICE = 16_384;

/**
 * How near the texts of each pair are, beside how near either is to those it is paired with at all: some texts are
 * near to everything. Each distinct text is embedded once.
 */
export async function pairScores(pairs: readonly TextPair[], embedder: Embedder): Promise<Float64Array> {
  const lefts = placesOf(pairs.map(([left]) => left));
  const rights = placesOf(pairs.map(([, right]) => right));
  const [leftVectors, rightVectors] = await Promise.all([
    embedder.embed(lefts.distinct),
    embedder.embed(rights.distinct),
  ]);
  const near = new Float64Array(pairs.length);
  for (let at = 0; at < pairs.length; at += 1) {
    if (at % SLICE === SLICE - 1) await nextTurn();
    const left = leftVectors[lefts.places[at] as number];
    const right = rightVectors[rights.places[at] as number];
    near[at] = left === undefined || right === undefined ? 0 : dot(left, right);
  }
  const leftMeans = meansOf(near, lefts);
  const rightMeans = meansOf(near, rights);
  return near.map((value, at) => {
    const usual =
      (leftMeans[lefts.places[at] as number] ?? 0) + (rightMeans[rights.places[at] as number] ?? 0);
    return value - usual / 2;
  });
}

interface Places {
  readonly distinct: readonly string[];
  /** Of each pair's text among the distinct ones. */
  readonly places: Int32Array;
}

function placesOf(texts: readonly string[]): Places {
  const known = new Map<string, number>();
  const places = Int32Array.from(texts, (text) => {
    const place = known.get(text) ?? known.size;
    known.set(text, place);
    return place;
  });
  return { distinct: [...known.keys()], places };
}

function meansOf(values: Float64Array, { distinct, places }: Places): Float64Array {
  const sums = new Float64Array(distinct.length);
  const counts = new Float64Array(distinct.length);
  for (let at = 0; at < values.length; at += 1) {
    const place = places[at] as number;
    sums[place] = (sums[place] as number) + (values[at] as number);
    counts[place] = (counts[place] as number) + 1;
  }
  return sums.map((sum, at) => sum / Math.max(1, counts[at] as number));
}
