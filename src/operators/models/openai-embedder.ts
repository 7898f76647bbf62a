import type OpenAI from 'openai';
import { SqlError } from '../../errors.ts';
import type { Embedder } from './embedder.ts';
import { failureReport } from './failure-report.ts';
import { addressOf, openAiClient, type OpenAiEndpoint } from './openai-client.ts';
import { openaiFailure } from './openai-failure.ts';
import { publicUrl } from './public-url.ts';
import { AttemptsFailed, DEFAULT_RETRY_POLICY, SYSTEM_CLOCK, withRetries } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { normalized } from './vectors.ts';

export interface OpenAiEmbedderSettings extends OpenAiEndpoint {
  readonly model: string;
  readonly retry?: RetryPolicy;
}

/** Endpoints differ in how many texts they take at once; all take so many. */
const TEXTS_PER_REQUEST = 128;
const REQUESTS_IN_FLIGHT = 4;
const TIMEOUT_MS = 60_000;

/** Embeddings of OpenAI, or of any endpoint that speaks its protocol. A text without a letter has the zero vector. */
export class OpenAiEmbedder implements Embedder {
  /** Model, endpoint and size: vectors of different names are never compared. */
  readonly name: string;

  private constructor(
    readonly dimensions: number,
    private readonly request: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
    name: string,
  ) {
    this.name = `${name}/${dimensions}`;
  }

  /** Asks the endpoint once, for the size of its vectors. Throws the SqlError of a call that has failed for good. */
  static async open(settings: OpenAiEmbedderSettings): Promise<OpenAiEmbedder> {
    const endpoint = publicUrl(addressOf(settings));
    const client = openAiClient(settings);
    const request = (texts: readonly string[]) => requested(client, settings, endpoint, texts);
    const [sample] = await request(['size']);
    return new OpenAiEmbedder(sample?.length ?? 0, request, `${settings.model}@${endpoint}`);
  }

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const asked = [...new Set(texts)].filter((text) => text.trim() !== '');
    const vectors = new Map<string, Float32Array>();
    const parts = inParts(asked, TEXTS_PER_REQUEST);
    for (let from = 0; from < parts.length; from += REQUESTS_IN_FLIGHT) {
      const wave = parts.slice(from, from + REQUESTS_IN_FLIGHT);
      const answers = await Promise.all(wave.map((part) => this.#asked(part)));
      for (const [text, vector] of answers.flat()) vectors.set(text, vector);
    }
    return texts.map((text) => vectors.get(text) ?? new Float32Array(this.dimensions));
  }

  /** The platform's connections close when they are idle. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #asked(texts: readonly string[]): Promise<readonly (readonly [string, Float32Array])[]> {
    const vectors = await this.request(texts);
    return texts.map((text, at) => {
      const vector = vectors[at];
      if (vector?.length === this.dimensions) return [text, vector];
      throw new SqlError(
        '38000',
        `${this.name} gave a vector of ${vector?.length ?? 0} numbers, not ${this.dimensions}`,
        {
          hint: 'The endpoint has changed its model. Start rvbbit again; texts are then embedded anew.',
        },
      );
    });
  }
}

async function requested(
  client: OpenAI,
  { model, apiKey, retry = DEFAULT_RETRY_POLICY }: OpenAiEmbedderSettings,
  endpoint: string,
  texts: readonly string[],
): Promise<readonly Float32Array[]> {
  const { signal } = new AbortController();
  const attempt = async (leftMs: number): Promise<readonly Float32Array[]> => {
    try {
      const body = { model, input: [...texts], encoding_format: 'float' as const };
      const { data } = await client.embeddings.create(body, { timeout: Math.min(TIMEOUT_MS, leftMs) });
      return data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => normalized(embedding));
    } catch (error) {
      throw openaiFailure(error, SYSTEM_CLOCK.now(), apiKey);
    }
  };
  try {
    const wait = (pause: () => Promise<void>) => pause();
    return (await withRetries({ policy: retry, clock: SYSTEM_CLOCK, signal, attempt, wait })).value;
  } catch (error) {
    if (!(error instanceof AttemptsFailed)) throw error;
    throw failureReport(error, { endpoint, model, setting: 'RVBBIT_EMBEDDER' });
  }
}

function inParts<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
