import type { Embedder } from '../../../operators/models/embedder.ts';
import { inputText } from './input-text.ts';

/** Vectors of the inputs of calls, each distinct one embedded once. In the order given. */
export async function inputVectors(
  embedder: Embedder,
  inputs: readonly (string | Readonly<Record<string, unknown>>)[],
): Promise<readonly Float32Array[]> {
  const texts = inputs.map(inputText);
  const distinct = [...new Set(texts)];
  const vectors = await embedder.embed(distinct);
  const byText = new Map(distinct.map((text, at) => [text, vectors[at]]));
  return texts.map((text) => byText.get(text) ?? new Float32Array(embedder.dimensions));
}

/** Of two vectors of length 1. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
