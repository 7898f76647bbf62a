import type { Example } from '../../training/example.ts';
import type { LocalWay } from './local-ways.ts';
import type { Price } from './prices.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What kind of answer a call is for. Providers that have no language model answer from this. */
export type AnswerKind = 'boolean' | 'score' | 'label' | 'text' | 'json';

/** The meaning of a call beside its prompt: a provider without a language model works from this alone. */
export interface ModelTask {
  readonly cascadeId: string;
  readonly cellName: string;
  readonly kind: AnswerKind;
  /** The declared inputs of the cascade, canonical. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The input that states the question (`criterion` of MEANS), where the cascade names one. */
  readonly criterionArg?: string;
  readonly labels?: readonly string[];
  /** The input that lists the labels, where they are an input. */
  readonly labelsArg?: string;
  /** What a provider without a language model is to do instead of judging by the criterion. */
  readonly local?: LocalWay;
  /** The examples that were injected into the prompt, in the order of the prompt. */
  readonly examples: readonly Example[];
  /** The rows of a packed request; `inputs` is then empty, and `kind` that of each answer. */
  readonly rows?: readonly PackedRow[];
}

/** One row of a packed request. */
export interface PackedRow {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  /** The provider's own name of the model, without the provider's prefix. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  readonly timeoutMs: number;
  readonly task: ModelTask;
}

export interface ModelReply {
  readonly text: string;
  /** `length` means that the reply was cut off, `refusal` that the model declined. */
  readonly finish: 'stop' | 'length' | 'refusal';
  readonly model: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  /** US dollars; null where no price is known. */
  readonly costUsd: number | null;
  /** Attempts after the first. */
  readonly retries: number;
  /** Probability of the answer in 0..1 where the provider knows one. */
  readonly probability: number | null;
  /** As sent and as received, without keys: for the log. */
  readonly request: unknown;
  readonly response: unknown;
}

/**
 * A source of replies. Throws SqlError: 08006 endpoint out of reach (names endpoint, attempts, first cause),
 * 53400 rate limit after all retries, 57014 aborted, 0A000 what this provider cannot do (with the setting that helps).
 */
export interface ModelProvider {
  /** The part of RVBBIT_MODEL before the slash. */
  readonly name: string;
  /**
   * Whether it reads several rows from one prompt. One that does not, for it answers from the task, is asked row by
   * row.
   */
  readonly packs?: boolean;
  /** What a model costs, null where that is not known; a provider without this charges nothing. */
  priceOf?(model: string): Price | null;
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  close(): Promise<void>;
}
