import type OpenAI from 'openai';
import { readCompletion } from './chat-reply.ts';
import type { ReadReply } from './chat-reply.ts';
import { chatBody } from './chat-request.ts';
import type { ChatBody, LimitNames } from './chat-request.ts';
import { startDeadline } from './deadline.ts';
import { failureReport } from './failure-report.ts';
import { ModelFailure } from './model-failure.ts';
import type { ModelProvider, ModelReply, ModelRequest } from './model-provider.ts';
import { addressOf, openAiClient, type OpenAiEndpoint } from './openai-client.ts';
import { openaiFailure } from './openai-failure.ts';
import { costOf, priceOf } from './prices.ts';
import type { Price, PriceTable } from './prices.ts';
import { RefusedParams } from './refused-params.ts';
import type { Exchange } from './refused-params.ts';
import { publicUrl } from './public-url.ts';
import { UNPACED } from './request-pacer.ts';
import type { RequestPacer } from './request-pacer.ts';
import { AttemptsFailed, DEFAULT_RETRY_POLICY, SYSTEM_CLOCK, withRetries } from './retry-policy.ts';
import type { RetryClock, RetryPolicy } from './retry-policy.ts';
import { estimateTokens } from './token-estimate.ts';

export interface OpenAiSettings extends OpenAiEndpoint {
  readonly prices: PriceTable;
  readonly retry?: RetryPolicy;
  readonly clock?: RetryClock;
  readonly pacer?: RequestPacer;
}

interface Answered extends Exchange {
  readonly read: ReadReply;
}

/** Chat completions of OpenAI, or of any endpoint that speaks its protocol. */
export class OpenAiProvider implements ModelProvider {
  readonly name = 'openai';
  readonly packs = true;
  readonly #client: OpenAI;
  readonly #apiKey: string | null;
  readonly #endpoint: string;
  readonly #limitNames: LimitNames;
  readonly #prices: PriceTable;
  readonly #retry: RetryPolicy;
  readonly #clock: RetryClock;
  readonly #pacer: RequestPacer;
  readonly #refused = new RefusedParams();

  constructor(settings: OpenAiSettings) {
    this.#client = openAiClient(settings);
    this.#apiKey = settings.apiKey;
    this.#endpoint = publicUrl(addressOf(settings));
    this.#limitNames = limitNames(settings.baseUrl);
    this.#prices = settings.prices;
    this.#retry = settings.retry ?? DEFAULT_RETRY_POLICY;
    this.#clock = settings.clock ?? SYSTEM_CLOCK;
    this.#pacer = settings.pacer ?? UNPACED;
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    const tokens = estimateTokens(request);
    await this.#pacer.admit(tokens, signal);
    try {
      const { value, retries } = await withRetries({
        policy: this.#retry,
        clock: this.#clock,
        signal,
        attempt: (leftMs) => this.#attempt(request, Math.min(request.timeoutMs, leftMs), signal),
        wait: (pause) =>
          this.#pacer.idle(() => pause().then(() => this.#pacer.admit(tokens, signal)), signal),
      });
      return this.#reply(request, value, retries);
    } catch (error) {
      if (!(error instanceof AttemptsFailed)) throw error;
      throw failureReport(error, { endpoint: this.#endpoint, model: request.model });
    }
  }

  priceOf(model: string): Price | null {
    return priceOf(this.#prices, model);
  }

  /** Connections are not its own, or the platform's, which close when they are idle. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #attempt(request: ModelRequest, timeoutMs: number, signal: AbortSignal): Promise<Answered> {
    const deadline = startDeadline(signal, timeoutMs);
    try {
      const exchange = await this.#refused.send(
        request.model,
        (refused) => chatBody(request, refused, this.#limitNames),
        (body) => this.#post(body, deadline.signal),
      );
      return { ...exchange, read: readCompletion(exchange.response) };
    } catch (error) {
      throw deadline.expired ? new ModelFailure('timeout', `no answer within ${timeoutMs} ms`) : error;
    } finally {
      deadline.close();
    }
  }

  async #post(body: ChatBody, signal: AbortSignal): Promise<unknown> {
    try {
      const response: unknown = await this.#client.chat.completions.create(body, { signal });
      this.#pacer.answered();
      return response;
    } catch (error) {
      const failure = openaiFailure(error, this.#clock.now(), this.#apiKey);
      if (failure instanceof ModelFailure && failure.status === 429) {
        this.#pacer.rateLimited(failure.retryAfterMs);
      }
      throw failure;
    }
  }

  #reply(request: ModelRequest, answered: Answered, retries: number): ModelReply {
    const { read, body, response, refusals } = answered;
    return {
      text: read.text,
      finish: read.finish,
      model: read.model ?? request.model,
      tokensIn: read.tokensIn,
      tokensOut: read.tokensOut,
      tokensCached: read.tokensCached,
      costUsd: read.counted ? costOf(this.#prices, request.model, read) : null,
      retries: retries + refusals,
      probability: null,
      request: body,
      response,
    };
  }
}

/** Its reasoning models refuse the old name; many servers of the same protocol know nothing else. */
function limitNames(baseUrl: string | null): LimitNames {
  return baseUrl === null ? ['max_completion_tokens', 'max_tokens'] : ['max_tokens', 'max_completion_tokens'];
}
