import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { SqlError } from '../../errors.ts';
import type { StatementRecord } from '../../training/log/statement-log.ts';
import type { CallRecord } from '../../training/log/call-record.ts';
import type { Admission } from '../session/admission.ts';
import type { EndedStatement } from '../session/ended-statement.ts';

const SECONDS = Object.freeze([0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300]);

/** The commands that are counted by name: the label has few values whatever clients send. */
const COMMANDS: ReadonlySet<string> = new Set(
  'select insert update delete merge create drop alter copy begin commit rollback set show explain with values from'.split(
    ' ',
  ),
);

/** What the server counts, for Prometheus. One a server. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #statements = this.#counter('rvbbit_statements_total', 'Statements that ended.', ['command']);
  readonly #errors = this.#counter('rvbbit_errors_total', 'Statements that failed.', ['sqlstate']);
  readonly #calls = this.#counter('rvbbit_model_calls_total', 'Model calls.', ['model', 'source', 'outcome']);
  readonly #tokens = this.#counter('rvbbit_model_tokens_total', 'Tokens of model calls.', [
    'model',
    'direction',
  ]);
  readonly #cost = this.#counter('rvbbit_model_cost_usd_total', 'US dollars, as far as prices are known.', [
    'model',
  ]);
  readonly #answers = this.#counter('rvbbit_answers_total', 'Distinct answers of statements.', ['origin']);
  readonly #statementSeconds = this.#histogram('rvbbit_statement_seconds', 'Time of statements.', [
    'command',
  ]);
  readonly #callSeconds = this.#histogram('rvbbit_model_call_seconds', 'Time of model calls.', ['model']);

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  watch(admission: Admission): void {
    this.#gauge('rvbbit_connections', 'Connections of SQL clients.', () => admission.connections);
    this.#gauge('rvbbit_statements_working', 'Statements at work.', () => admission.working);
    this.#gauge('rvbbit_statements_waiting', 'Statements that wait for a place.', () => admission.waiting);
  }

  /** `count` is read whenever the metrics are. */
  gauge(name: string, help: string, count: () => number): void {
    this.#gauge(name, help, count);
  }

  statementEnded({ command, durationMs, error }: EndedStatement): void {
    const label = COMMANDS.has(command) ? command : 'other';
    this.#statements.inc({ command: label });
    this.#statementSeconds.observe({ command: label }, durationMs / 1000);
    if (error !== null) this.#errors.inc({ sqlstate: error instanceof SqlError ? error.code : 'XX000' });
  }

  answered({ fromMemory, fromLog, fromModel }: StatementRecord): void {
    this.#answers.inc({ origin: 'memory' }, fromMemory);
    this.#answers.inc({ origin: 'log' }, fromLog);
    this.#answers.inc({ origin: 'model' }, fromModel);
  }

  called({ model, source, error, tokensIn, tokensOut, costUsd, durationMs }: CallRecord): void {
    this.#calls.inc({ model, source, outcome: error === null ? 'ok' : 'failed' });
    this.#tokens.inc({ model, direction: 'in' }, tokensIn);
    this.#tokens.inc({ model, direction: 'out' }, tokensOut);
    this.#cost.inc({ model }, costUsd ?? 0);
    this.#callSeconds.observe({ model }, durationMs / 1000);
  }

  /** In Prometheus' text form. */
  async text(): Promise<{ readonly body: string; readonly contentType: string }> {
    return { body: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets: [...SECONDS], registers: [this.#registry] });
  }

  #gauge(name: string, help: string, count: () => number): void {
    const collect = function (this: Gauge): void {
      this.set(count());
    };
    this.#registry.registerMetric(new Gauge({ name, help, collect, registers: [] }));
  }
}
