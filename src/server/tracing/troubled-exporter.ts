import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

const AGAIN_MS = 60_000;

/** Says that spans cannot be sent, once a minute at most: the collector's trouble is not the statements'. */
export class TroubledExporter implements SpanExporter {
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly inner: SpanExporter,
    private readonly tell: (problem: string) => void,
  ) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.inner.export(spans, (result) => {
      if (result.code !== 0) this.trouble(result.error?.message ?? 'it failed');
      done(result);
    });
  }

  forceFlush(): Promise<void> {
    return this.inner.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }

  trouble(problem: string): void {
    const now = performance.now();
    if (now - this.#toldAt < AGAIN_MS) return;
    this.#toldAt = now;
    this.tell(problem);
  }
}
