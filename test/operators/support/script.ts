import type {
  ModelProvider,
  ModelReply,
  ModelRequest,
} from '../../../src/operators/models/model-provider.ts';

type Line = string | Error | Partial<ModelReply> | ((request: ModelRequest) => string);

/** A model that says its lines in order, the last one for ever, and remembers what it was asked. */
export class Script implements ModelProvider {
  readonly name = 'script';
  readonly requests: ModelRequest[] = [];

  constructor(private readonly lines: readonly Line[]) {}

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    signal.throwIfAborted();
    const line = this.lines[Math.min(this.requests.length, this.lines.length - 1)] ?? '';
    this.requests.push(request);
    if (line instanceof Error) throw line;
    if (typeof line === 'function') return replyOf(request, { text: line(request) });
    return replyOf(request, typeof line === 'string' ? { text: line } : line);
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}

function replyOf(request: ModelRequest, fields: Partial<ModelReply>): ModelReply {
  return {
    text: '',
    finish: 'stop',
    model: request.model,
    tokensIn: 10,
    tokensOut: 1,
    tokensCached: 0,
    costUsd: 0.001,
    retries: 0,
    probability: null,
    request: { sent: request.messages.length },
    response: { said: fields.text ?? '' },
    ...fields,
  };
}
