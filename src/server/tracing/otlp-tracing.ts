import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { OtlpTarget } from '../../config.ts';
import { messageOf, SqlError } from '../../errors.ts';
import type { CallRecord } from '../../training/log/call-record.ts';
import type { EndedStatement } from '../session/ended-statement.ts';
import { GivenIds } from './given-ids.ts';
import { TroubledExporter } from './troubled-exporter.ts';

/**
 * A span for each statement and, within it, one for each model call, sent by OTLP over HTTP. A statement's id is its
 * trace's, so a span leads to the rows of `unified_logs` and back. Prompts, inputs and answers are not in spans.
 */
export class OtlpTracing {
  readonly #ids = new GivenIds();
  readonly #exporter: TroubledExporter;
  readonly #provider: BasicTracerProvider;
  /** Statements whose span was begun already: the next steps of them stand within it. */
  readonly #begun = new Set<string>();

  constructor({ url, headers, serviceName }: OtlpTarget, version: string, warn: (message: string) => void) {
    const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.version': version });
    this.#exporter = new TroubledExporter(
      new OTLPTraceExporter({ url, headers: { ...headers } }),
      (problem) => warn(`Traces cannot be sent to ${new URL(url).host}: ${problem}`),
    );
    this.#provider = new BasicTracerProvider({
      resource: defaultResource().merge(resource),
      idGenerator: this.#ids,
      spanProcessors: [new BatchSpanProcessor(this.#exporter)],
    });
  }

  statementEnded(statement: EndedStatement): void {
    const { statementId, sessionId, command, sql, database, user, rows, error } = statement;
    const again = this.#begun.has(statementId);
    this.#remember(statementId);
    const attributes: Attributes = {
      'db.system.name': 'rvbbit',
      'db.operation.name': command.toUpperCase(),
      'db.namespace': database,
      'db.query.text': sql,
      'db.response.returned_rows': rows,
      'user.name': user,
      'rvbbit.session_id': sessionId,
      'rvbbit.statement_id': statementId,
      ...(error === null
        ? {}
        : { 'db.response.status_code': error instanceof SqlError ? error.code : 'XX000' }),
    };
    const kind = SpanKind.SERVER;
    const span = this.#begin(
      statementId,
      again,
      command.toUpperCase(),
      statement.startedAt,
      kind,
      attributes,
    );
    finish(span, error === null ? null : messageOf(error), statement.startedAt + statement.durationMs);
  }

  called(call: CallRecord): void {
    if (call.source !== 'model') return;
    const startedAt = Number(call.timestampUs) / 1000;
    const attributes: Attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': call.provider,
      'gen_ai.request.model': call.model,
      'gen_ai.usage.input_tokens': call.tokensIn,
      'gen_ai.usage.output_tokens': call.tokensOut,
      'rvbbit.cascade_id': call.cascadeId,
      'rvbbit.cell_name': call.cellName,
      'rvbbit.trace_id': call.traceId,
      'rvbbit.statement_id': call.statementId,
      'rvbbit.retries': call.retries,
      'rvbbit.examples': call.exampleIds.length,
      ...(call.costUsd === null ? {} : { 'rvbbit.cost_usd': call.costUsd }),
    };
    const within = call.caller === 'sql';
    const span = this.#begin(
      call.statementId,
      within,
      `chat ${call.model}`,
      startedAt,
      SpanKind.CLIENT,
      attributes,
    );
    finish(span, call.error, startedAt + call.durationMs);
  }

  /** Sends what waits, for a short while: a collector that is away keeps no server from ending, and was told of. */
  async close(): Promise<void> {
    const sent = this.#provider.shutdown().then(
      () => null,
      () => null,
    );
    const late = sleep(LAST_SPANS_MS, `no answer within ${LAST_SPANS_MS} ms`, { ref: false });
    const problem = await Promise.race([sent, late]);
    if (problem !== null) this.#exporter.trouble(problem);
  }

  #begin(
    statementId: string,
    within: boolean,
    name: string,
    startTime: number,
    kind: SpanKind,
    attributes: Attributes,
  ): Span {
    const { traceId, spanId } = idsOf(statementId);
    const parent = { traceId, spanId, traceFlags: 1, isRemote: false };
    this.#ids.give(traceId, within ? null : spanId);
    const context = within ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    return this.#provider.getTracer('rvbbit').startSpan(name, { startTime, kind, attributes }, context);
  }

  #remember(statementId: string): void {
    this.#begun.add(statementId);
    const [oldest] = this.#begun;
    if (this.#begun.size > REMEMBERED && oldest !== undefined) this.#begun.delete(oldest);
  }
}

const LAST_SPANS_MS = 3_000;
/** Statements whose portals may still be asked for more rows. */
const REMEMBERED = 10_000;

function finish(span: Span, error: string | null, endTime: number): void {
  if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
  span.end(endTime);
}

/** A UUID has as many digits as a trace's id. */
function idsOf(statementId: string): { readonly traceId: string; readonly spanId: string } {
  const traceId = statementId.replaceAll('-', '');
  return { traceId, spanId: traceId.slice(16) };
}
