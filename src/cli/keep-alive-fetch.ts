import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Turns } from '../operators/scheduler/turns.ts';

/** Servers close idle connections after five seconds and more. */
const IDLE_MS = 4_000;

/** Replies that are read in one turn of the event loop: each is parsed, judged and logged, about half a millisecond. */
const REPLIES_A_TURN = 2;

/** Statuses that go without a body. */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/**
 * `fetch` for requests and replies that are one text each, over connections that stay open. The platform's own fetch
 * took half of what the server computes for a call, in streams and signals that nothing here needs. Replies that come
 * together are handed over in turns, so that a hundred of them do not keep everyone else waiting.
 */
export class KeepAliveFetch {
  readonly #http = new HttpAgent({ keepAlive: true, timeout: IDLE_MS });
  readonly #https = new HttpsAgent({ keepAlive: true, timeout: IDLE_MS });
  readonly #turns = new Turns(REPLIES_A_TURN);

  /** Rejects as the platform's fetch does: AbortError on an abort, else the error of the connection. */
  readonly fetch = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    return new Promise((resolve, reject) => {
      const request = this.#request(url, init);
      request.once('error', reject);
      request.once('response', (response) => {
        const handOver = (text: string): void => this.#turns.take(() => resolve(replyOf(response, text)));
        textOf(response).then(handOver, reject);
      });
      request.end(typeof init.body === 'string' ? init.body : undefined);
    });
  };

  /** Closes connections that no request uses. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #request(url: URL, { method = 'GET', headers, body, signal }: RequestInit): ClientRequest {
    const length = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const options = {
      method,
      headers: { ...Object.fromEntries(new Headers(headers)), ...length },
      ...(signal === null || signal === undefined ? {} : { signal }),
    };
    if (url.protocol === 'https:') return httpsRequest(url, { ...options, agent: this.#https });
    return httpRequest(url, { ...options, agent: this.#http });
  }
}

function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    response.on('data', (part: Buffer) => parts.push(part));
    response.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    response.once('error', reject);
    // Nothing, where it has ended.
    response.once('close', () => reject(new Error('the connection was closed within a reply')));
  });
}

function replyOf({ statusCode = 200, headers }: IncomingMessage, text: string): Response {
  const fields = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return new Response(BODILESS.has(statusCode) ? null : text, { status: statusCode, headers: fields });
}
