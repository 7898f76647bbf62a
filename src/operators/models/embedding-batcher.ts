import type { Embedder } from './embedder.ts';
import { EmbeddingCache } from './embedding-cache.ts';

interface Wanted {
  readonly text: string;
  readonly vector: Promise<Float32Array>;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects the texts that are wanted in one turn of the event loop into one call of the embedder, each distinct text
 * once, at most `batchSize` a call so that others get their turn between two calls. Remembers the last vectors.
 */
export class EmbeddingBatcher {
  readonly #cache: EmbeddingCache;
  readonly #wanted = new Map<string, Wanted>();
  #running = false;

  constructor(
    readonly embedder: Embedder,
    capacity = 20_000,
    readonly batchSize = 32,
  ) {
    this.#cache = new EmbeddingCache(capacity);
  }

  vectorOf(text: string): Promise<Float32Array> {
    const cached = this.#cache.get(text);
    if (cached !== undefined) return Promise.resolve(cached);
    const asked = this.#wanted.get(text);
    if (asked !== undefined) return asked.vector;
    const { promise, resolve, reject } = promiseParts<Float32Array>();
    // Whoever asked may have failed over another text before it looks at this one.
    promise.catch(() => undefined);
    this.#wanted.set(text, { text, vector: promise, resolve, reject });
    if (!this.#running) {
      this.#running = true;
      setImmediate(() => void this.#work());
    }
    return promise;
  }

  async #work(): Promise<void> {
    const batch = [...this.#wanted.values()].slice(0, this.batchSize);
    await this.#embed(batch);
    for (const { text } of batch) this.#wanted.delete(text);
    this.#running = this.#wanted.size > 0;
    if (this.#running) setImmediate(() => void this.#work());
  }

  async #embed(batch: readonly Wanted[]): Promise<void> {
    try {
      const vectors = await this.embedder.embed(batch.map(({ text }) => text));
      batch.forEach((wanted, at) => this.#settle(wanted, vectors[at]));
    } catch (error) {
      for (const wanted of batch) wanted.reject(error);
    }
  }

  #settle(wanted: Wanted, vector: Float32Array | undefined): void {
    if (vector === undefined)
      throw new Error(`${this.embedder.name} gave fewer vectors than it was given texts`);
    this.#cache.set(wanted.text, vector);
    wanted.resolve(vector);
  }
}

interface PromiseParts<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function promiseParts<T>(): PromiseParts<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
