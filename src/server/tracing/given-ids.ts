import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';

/** Gives the ids that it was told, once; random ones otherwise. */
export class GivenIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  #traceId: string | null = null;
  #spanId: string | null = null;

  /** For the span that is begun next. */
  give(traceId: string, spanId: string | null): void {
    this.#traceId = traceId;
    this.#spanId = spanId;
  }

  generateTraceId(): string {
    const given = this.#traceId ?? this.#random.generateTraceId();
    this.#traceId = null;
    return given;
  }

  generateSpanId(): string {
    const given = this.#spanId ?? this.#random.generateSpanId();
    this.#spanId = null;
    return given;
  }
}
