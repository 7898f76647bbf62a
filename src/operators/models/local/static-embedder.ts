import { setImmediate } from 'node:timers/promises';
import type { Embedder } from '../embedder.ts';
import { readTokenVectors, type TokenVectors } from './model-file.ts';
import { negatedRows } from './negated-tokens.ts';
import { dot, normalized } from '../vectors.ts';
import { wordPieces } from './word-pieces.ts';

/** Texts between two turns of the event loop: about 10 ms. */
const SLICE = 256;

/** Unit vectors by mean of token vectors, negated ones turned. A text without a known token has the zero vector. */
export interface StaticEmbedder extends Embedder {
  readonly vectors: TokenVectors;
  embedNow(text: string): Float32Array;
}

/** `file` as written by tools/local-model/pack.py; the shipped one by default. Errors as of readTokenVectors. */
export async function loadStaticEmbedder(file?: string): Promise<StaticEmbedder> {
  return staticEmbedder(await readTokenVectors(file));
}

export function staticEmbedder(vectors: TokenVectors): StaticEmbedder {
  const pieces = wordPieces(vectors.vocabulary);
  const negated = negatedRows(vectors.negation, vectors.vocabulary);
  const embedNow = (text: string): Float32Array => {
    const rows = pieces(text);
    const sum = sumOfRows(vectors, rows);
    const reached = negated(rows);
    if (reached.length > 0) turn(sum, sumOfRows(vectors, reached), vectors);
    return normalized(sum);
  };
  return {
    name: vectors.name,
    dimensions: vectors.dimensions,
    vectors,
    embedNow,
    embed: (texts) => inSlices(texts, embedNow),
    close: () => Promise.resolve(),
  };
}

async function inSlices(
  texts: readonly string[],
  embedNow: (text: string) => Float32Array,
): Promise<readonly Float32Array[]> {
  const embedded: Float32Array[] = [];
  for (const text of texts) {
    if (embedded.length % SLICE === SLICE - 1) await setImmediate();
    embedded.push(embedNow(text));
  }
  return embedded;
}

/** Direction of the mean: the length is lost in normalizing anyway. */
function sumOfRows({ vectors, scales, dimensions }: TokenVectors, rows: readonly number[]): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const row of rows) {
    const scale = scales[row] as number;
    const start = row * dimensions;
    for (let d = 0; d < dimensions; d++) sum[d] = (sum[d] as number) + scale * (vectors[start + d] as number);
  }
  return sum;
}

/** Adds to the sum what a negation of a part of it changes. */
function turn(sum: Float32Array, part: Float32Array, { turns, dimensions }: TokenVectors): void {
  const half = turns.length / 2;
  for (let seen = 0; seen < half; seen += dimensions) {
    const share = dot(part, turns.subarray(seen, seen + dimensions));
    const added = half + seen;
    for (let d = 0; d < dimensions; d++) sum[d] = (sum[d] as number) + share * (turns[added + d] as number);
  }
}
