/** Why one attempt at a model call gave no reply. */
export type FailureKind = 'connection' | 'timeout' | 'status' | 'malformed';

export interface ModelFailureFields {
  readonly status?: number;
  /** The endpoint's own word for the error, e.g. `context_length_exceeded`. */
  readonly reason?: string;
  /** The parameter of the request that the endpoint blames. */
  readonly param?: string;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** One failed attempt, before anyone decides whether to try again. Never leaves the provider. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly kind: FailureKind,
    message: string,
    fields: ModelFailureFields = {},
  ) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.status = fields.status;
    this.reason = fields.reason;
    this.param = fields.param;
    this.retryAfterMs = fields.retryAfterMs;
  }
}
