import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface StubMessage {
  readonly role: string;
  readonly content: string;
}

/** The body of a request for a chat completion or for embeddings, as far as tests look at it. */
export interface StubRequestBody {
  readonly model: string;
  /** Empty where it is for embeddings. */
  readonly messages: readonly StubMessage[];
  /** The texts to embed. */
  readonly input?: readonly string[];
  readonly response_format?: { readonly type: string; readonly json_schema?: unknown };
  readonly temperature?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly seed?: number;
}

export interface StubRequest {
  /** 0 for the first request the stub received. */
  readonly index: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: StubRequestBody;
  /** The contents of all messages, one below the other. */
  readonly prompt: string;
  /** Milliseconds of performance.now(). */
  readonly receivedAt: number;
}

export interface StubReply {
  /** Text of the assistant's message; null is sent as null. */
  readonly content?: string | null;
  readonly refusal?: string;
  readonly finishReason?: string;
  readonly usage?: Readonly<Record<string, unknown>>;
  /** 200 where unset. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent byte for byte instead of a chat completion. */
  readonly body?: string;
  /** Waits before answering; the stub's own latency where unset. */
  readonly latencyMs?: number;
  /** `reset` drops the connection without a byte, `hang` never answers, `cut` drops it in mid-body. */
  readonly fault?: 'reset' | 'hang' | 'cut';
}

/** A string is short for `{ content }`. */
export type StubAnswer = string | StubReply;

export type StubAnswerer = (request: StubRequest) => StubAnswer | Promise<StubAnswer>;

/**
 * An OpenAI-compatible endpoint on a free local port. It records every request in the order of arrival and
 * answers from the queue of `answerNext` first, from `answer` when the queue is empty.
 *
 *     const stub = await OpenAiStub.start((request) => (request.prompt.includes('bamboo') ? 'true' : 'false'));
 *     stub.answerNext({ status: 429, headers: { 'retry-after': '1' } });
 *     … OPENAI_BASE_URL = stub.baseUrl …
 *     expect(stub.requests).toHaveLength(2);
 *     await stub.close();
 */
export class OpenAiStub {
  readonly requests: StubRequest[] = [];
  /** Requests received whose answer is not sent yet. */
  inFlight = 0;
  peakInFlight = 0;
  /** Requests whose client went away before the answer. */
  abandoned = 0;
  latencyMs = 0;
  answer: StubAnswerer;
  readonly #queue: StubAnswer[] = [];
  readonly #server: Server;

  private constructor(answer: StubAnswerer) {
    this.answer = answer;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(answer: StubAnswerer = () => 'true', latencyMs = 0): Promise<OpenAiStub> {
    const stub = new OpenAiStub(answer);
    stub.latencyMs = latencyMs;
    await new Promise<void>((resolve) => stub.#server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  /** What OPENAI_BASE_URL is set to. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** The next requests get these answers, one each. */
  answerNext(...answers: readonly StubAnswer[]): void {
    this.#queue.push(...answers);
  }

  /** Forgets what was recorded. */
  clear(): void {
    this.requests.length = 0;
    this.peakInFlight = this.inFlight;
    this.abandoned = 0;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = this.#record(request, await readBody(request));
    const left = new AbortController();
    this.inFlight += 1;
    this.peakInFlight = Math.max(this.peakInFlight, this.inFlight);
    response.once('close', () => {
      this.inFlight -= 1;
      if (!response.writableFinished) this.abandoned += 1;
      left.abort();
    });
    const answer = this.#queue.shift() ?? (await this.answer(recorded));
    const reply = typeof answer === 'string' ? { content: answer } : answer;
    const waited = await sleep(reply.latencyMs ?? this.latencyMs, true, { signal: left.signal }).catch(
      () => false,
    );
    if (waited) send(response, reply, recorded);
  }

  #record(request: IncomingMessage, text: string): StubRequest {
    const body = { model: '', messages: [], ...(JSON.parse(text || '{}') as Partial<StubRequestBody>) };
    const recorded = Object.freeze({
      index: this.requests.length,
      path: request.url ?? '',
      headers: request.headers,
      body,
      prompt: body.messages.map((message) => message.content).join('\n'),
      receivedAt: performance.now(),
    });
    this.requests.push(recorded);
    return recorded;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, reply: StubReply, request: StubRequest): void {
  if (reply.fault === 'hang') return;
  if (reply.fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = reply.body ?? completion(reply, request);
  const length = Buffer.byteLength(body);
  const headers = { 'content-type': 'application/json', 'content-length': String(length), ...reply.headers };
  response.writeHead(reply.status ?? 200, headers);
  if (reply.fault !== 'cut') {
    response.end(body);
    return;
  }
  response.write(body.slice(0, Math.floor(length / 2)), () => response.socket?.destroy());
}

function completion(reply: StubReply, request: StubRequest): string {
  if (reply.status !== undefined && reply.status >= 400) {
    return JSON.stringify({ error: { message: `stub says ${reply.status}`, type: 'stub', code: null } });
  }
  const content = reply.content === undefined ? null : reply.content;
  return JSON.stringify({
    id: `chatcmpl-${request.index}`,
    object: 'chat.completion',
    created: 0,
    model: request.body.model,
    choices: [
      {
        index: 0,
        finish_reason: reply.finishReason ?? 'stop',
        message: { role: 'assistant', content, refusal: reply.refusal ?? null },
        logprobs: null,
      },
    ],
    usage: reply.usage ?? {
      prompt_tokens: Math.ceil(request.prompt.length / 4),
      completion_tokens: Math.ceil((content?.length ?? 0) / 4),
      prompt_tokens_details: { cached_tokens: 0 },
    },
  });
}
