import type { Config } from '../../config.ts';
import type { Embedder } from './embedder.ts';
import { ShippedEmbedder } from './local/shipped-embedder.ts';
import { OpenAiEmbedder } from './openai-embedder.ts';

/** The embedder that RVBBIT_EMBEDDER names. Errors as of OpenAiEmbedder.open. */
export async function openEmbedder({ embedder, openai }: Config): Promise<Embedder> {
  if (embedder.provider === 'local') return new ShippedEmbedder();
  return OpenAiEmbedder.open({ ...openai, model: embedder.model });
}
