import { createHash } from 'node:crypto';
import { messageOf } from '../../errors.ts';
import type { Store } from '../log/store.ts';
import type { TextEmbedder } from './text-embedder.ts';

export interface EmbeddingsOptions {
  /** Told once when vectors can be neither kept nor found in the store; texts are then embedded anew. */
  readonly warn: (message: string) => void;
  /** How long the store may take to find vectors before texts are embedded anew. */
  readonly patienceMs?: number;
}

interface VectorRow {
  readonly hash: string;
  readonly vector: string;
}

/** 1 KiB each at 256 dimensions. */
const MOST_IN_MEMORY = 16_384;
/** Fewer texts than this are embedded sooner than found. */
const WORTH_FINDING = 64;
const HASHES_PER_QUERY = 2_000;
/** Texts whose vectors do not come in this time are embedded anew, which takes about as long. */
const PATIENCE_MS = 100;

/** Vectors of the texts of examples: from memory, from the table `embeddings`, or made and kept there in bulk. */
export class Embeddings {
  readonly embedder: TextEmbedder;
  readonly #store: Store;
  readonly #options: EmbeddingsOptions;
  readonly #known = new Map<string, Float32Array>();
  #keeping: Promise<void> = Promise.resolve();
  #inTrouble = false;

  constructor(embedder: TextEmbedder, store: Store, options: EmbeddingsOptions) {
    this.embedder = embedder;
    this.#store = store;
    this.#options = options;
  }

  /** In the order of the texts. Throws what the embedder throws. */
  async vectorsOf(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const found = new Map<string, Float32Array>();
    const missing = new Set<string>();
    for (const text of texts) {
      const vector = this.#known.get(text);
      if (vector === undefined) missing.add(text);
      else found.set(text, vector);
    }
    for (const [text, vector] of await this.#find([...missing])) {
      found.set(text, vector);
      missing.delete(text);
    }
    for (const [text, vector] of await this.#make([...missing])) found.set(text, vector);
    for (const [text, vector] of found) this.#remember(text, vector);
    return texts.map((text) => found.get(text) ?? new Float32Array(this.embedder.dimensions));
  }

  /** What is known of these texts is forgotten here and in the store. */
  async forget(texts: readonly string[]): Promise<void> {
    for (const text of texts) this.#known.delete(text);
    await this.settled();
    const hashes = texts.map((text) => `'${hashOf(text)}'`);
    for (let from = 0; from < hashes.length; from += HASHES_PER_QUERY) {
      const chunk = hashes.slice(from, from + HASHES_PER_QUERY).join(', ');
      await this.#store.command(
        'marks',
        `DELETE FROM rvbbit.embeddings WHERE text_hash IN (${chunk}) SETTINGS mutations_sync = 1`,
      );
    }
  }

  /** Resolves when the vectors made so far are kept, or could not be. */
  settled(): Promise<void> {
    return this.#keeping;
  }

  async #find(texts: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    if (texts.length < WORTH_FINDING) return new Map();
    try {
      const found = await within(this.#options.patienceMs ?? PATIENCE_MS, this.#read(texts));
      this.#inTrouble = false;
      return found;
    } catch (error) {
      this.#troubled(error);
      return new Map();
    }
  }

  async #read(texts: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    const byHash = new Map(texts.map((text) => [hashOf(text), text]));
    const hashes = [...byHash.keys()];
    const found = new Map<string, Float32Array>();
    for (let from = 0; from < hashes.length; from += HASHES_PER_QUERY) {
      const rows = await this.#store.query<VectorRow>(
        'examples',
        `SELECT text_hash AS hash, any(vector) AS vector FROM rvbbit.embeddings
         WHERE model = {model:String} AND text_hash IN {hashes:Array(String)} GROUP BY text_hash`,
        { model: this.embedder.name, hashes: hashes.slice(from, from + HASHES_PER_QUERY) },
      );
      for (const row of rows) found.set(byHash.get(row.hash) ?? '', unpacked(row.vector));
    }
    return found;
  }

  async #make(texts: readonly string[]): Promise<readonly (readonly [string, Float32Array])[]> {
    if (texts.length === 0) return [];
    const vectors = await this.embedder.embed(texts);
    const made = texts.map((text, at) => [text, vectors[at] as Float32Array] as const);
    this.#keeping = this.#keeping.then(() => this.#keep(made));
    return made;
  }

  async #keep(made: readonly (readonly [string, Float32Array])[]): Promise<void> {
    const model = this.embedder.name;
    const rows = made.map(([text, vector]) => ({ model, text_hash: hashOf(text), vector: packed(vector) }));
    const token = hashOf(rows.map((row) => row.text_hash).join(''));
    try {
      await this.#store.insert('marks', 'rvbbit.embeddings', rows, token);
    } catch (error) {
      this.#troubled(error);
    }
  }

  #troubled(error: unknown): void {
    if (!this.#inTrouble) this.#options.warn(`Embeddings are made anew: ${messageOf(error)}`);
    this.#inTrouble = true;
  }

  #remember(text: string, vector: Float32Array): void {
    this.#known.delete(text);
    this.#known.set(text, vector);
    if (this.#known.size <= MOST_IN_MEMORY) return;
    const oldest = this.#known.keys().next();
    if (oldest.done !== true) this.#known.delete(oldest.value);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function packed(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

function unpacked(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the store did not answer within ${Math.round(milliseconds)} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
