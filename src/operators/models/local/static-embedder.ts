import { setImmediate } from 'node:timers/promises';
import type { Embedder } from '../embedder.ts';
import { readTokenVectors, type TokenVectors } from './model-file.ts';
import { normalized } from '../vectors.ts';
import { wordPieces } from './word-pieces.ts';

/** Texts between two turns of the event loop: about 10 ms. */
const SLICE = 256;

/** Unit vectors by mean of token vectors. A text without a known token has the zero vector. */
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
  const embedNow = (text: string): Float32Array => normalized(sumOfRows(vectors, pieces(text)));
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
