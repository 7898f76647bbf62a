import { setTimeout as sleep } from 'node:timers/promises';
import { SqlError } from '../../errors.ts';
import { abortError } from './abort-error.ts';
import type { ModelProvider, ModelReply, ModelRequest } from './model-provider.ts';
import { ruleFor } from './script-rule.ts';
import type { ScriptRule } from './script-rule.ts';
import { estimateTokens } from './token-estimate.ts';

/** A text, a reply of which only the given fields differ from a plain one, or an error to throw. */
export type ScriptedReply = string | Partial<ModelReply> | Error;

/** Replies by what is asked, or the first rule of a table that fits. */
export type Script =
  ((request: ModelRequest, index: number) => ScriptedReply | Promise<ScriptedReply>) | readonly ScriptRule[];

export interface ScriptedOptions {
  /** `scripted` where unset. */
  readonly name?: string;
  readonly latencyMs?: number;
  /** Whether the script knows what to say to several rows at once. */
  readonly packs?: boolean;
}

/** Replies from a script and records what it was asked: for tests, and for runs that replay a file. */
export class ScriptedProvider implements ModelProvider {
  readonly name: string;
  readonly packs: boolean;
  /** In the order in which they came. */
  readonly calls: ModelRequest[] = [];
  inFlight = 0;
  peakInFlight = 0;
  latencyMs: number;
  readonly #next: ScriptedReply[] = [];

  constructor(
    readonly script: Script,
    options: ScriptedOptions = {},
  ) {
    this.name = options.name ?? 'scripted';
    this.packs = options.packs ?? false;
    this.latencyMs = options.latencyMs ?? 0;
  }

  /** The next calls get these replies, one each, before the script is asked. */
  replyNext(...replies: readonly ScriptedReply[]): void {
    this.#next.push(...replies);
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    if (signal.aborted) throw abortError(signal);
    const index = this.calls.push(request) - 1;
    const prepared = this.#next.shift();
    this.inFlight += 1;
    this.peakInFlight = Math.max(this.peakInFlight, this.inFlight);
    try {
      await pause(this.latencyMs, signal);
      return replyOf(prepared ?? (await this.#scripted(request, index)), request);
    } finally {
      this.inFlight -= 1;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #scripted(request: ModelRequest, index: number): Promise<ScriptedReply> {
    if (typeof this.script === 'function') return this.script(request, index);
    const rule = ruleFor(this.script, request);
    if (rule !== undefined) return rule.reply;
    const asked = JSON.stringify(request.task.inputs);
    return new SqlError('38000', `no rule of the script fits ${request.task.cascadeId} ${asked}`);
  }
}

function replyOf(scripted: ScriptedReply, request: ModelRequest): ModelReply {
  if (scripted instanceof Error) throw scripted;
  const fields = typeof scripted === 'string' ? { text: scripted } : scripted;
  const text = fields.text ?? '';
  return {
    text,
    finish: 'stop',
    model: request.model,
    tokensIn: estimateTokens(request),
    tokensOut: Math.ceil(text.length / 4),
    tokensCached: 0,
    costUsd: 0,
    retries: 0,
    probability: null,
    request: { model: request.model, messages: request.messages },
    response: { text },
    ...fields,
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    throw signal.aborted ? abortError(signal) : error;
  });
}
