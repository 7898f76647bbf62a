/** The vectors used last, by text. */
export class EmbeddingCache {
  readonly #vectors = new Map<string, Float32Array>();

  /** Holds at most so many vectors. */
  constructor(readonly capacity: number) {}

  get size(): number {
    return this.#vectors.size;
  }

  get(text: string): Float32Array | undefined {
    const vector = this.#vectors.get(text);
    if (vector === undefined) return undefined;
    this.#vectors.delete(text);
    this.#vectors.set(text, vector);
    return vector;
  }

  set(text: string, vector: Float32Array): void {
    this.#vectors.delete(text);
    this.#vectors.set(text, vector);
    if (this.#vectors.size <= this.capacity) return;
    const oldest = this.#vectors.keys().next();
    if (oldest.done !== true) this.#vectors.delete(oldest.value);
  }
}
