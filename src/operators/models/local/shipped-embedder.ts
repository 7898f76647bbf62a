import type { Embedder } from '../embedder.ts';
import { RecentValues } from './recent-values.ts';
import { loadStaticEmbedder, type StaticEmbedder } from './static-embedder.ts';

/** The static embedder inside the install. Loaded by the first text. */
export class ShippedEmbedder implements Embedder {
  readonly name = 'rvbbit-static-2';
  readonly dimensions = 256;
  readonly #loaded = new RecentValues<StaticEmbedder>(1);
  #ready: StaticEmbedder | null = null;

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const loaded = await this.#loaded.get(this.name, () => loadStaticEmbedder());
    this.#ready = loaded;
    return loaded.embed(texts);
  }

  embedNow(text: string): Float32Array | undefined {
    return this.#ready?.embedNow(text);
  }

  close(): Promise<void> {
    this.#loaded.clear();
    this.#ready = null;
    return Promise.resolve();
  }
}
