import type { TextEmbedder } from '../../../src/training/embeddings/text-embedder.ts';

/** An embedder that knows a vector for each text; the others are far from all of them. Counts what it embeds. */
export class KnownVectors implements TextEmbedder {
  readonly name = 'known-vectors';
  readonly dimensions = 8;
  readonly embedded: string[] = [];

  constructor(private readonly vectors: Readonly<Record<string, readonly number[]>>) {}

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    this.embedded.push(...texts);
    return texts.map((text) => this.#unit(this.vectors[text] ?? [0, 0, 0, 0, 0, 0, 0, 1]));
  }

  #unit(values: readonly number[]): Float32Array {
    const length = Math.hypot(...values);
    return Float32Array.from({ length: this.dimensions }, (_, at) => (values[at] ?? 0) / length);
  }
}
