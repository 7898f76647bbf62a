import type { CallRecord } from './call-record.ts';
import type { StoreRow } from './store.ts';

/** The column of each field that is written as it is. */
const COLUMNS: Readonly<Record<keyof Omit<CallRecord, 'timestampUs'>, string>> = Object.freeze({
  traceId: 'trace_id',
  sessionId: 'session_id',
  statementId: 'statement_id',
  runId: 'run_id',
  parentTraceId: 'parent_trace_id',
  caller: 'caller',
  cascadeId: 'cascade_id',
  cellName: 'cell_name',
  fingerprint: 'fingerprint',
  inputs: 'inputs',
  output: 'output',
  answerKey: 'answer_key',
  answer: 'answer',
  request: 'request',
  response: 'response',
  model: 'model',
  provider: 'provider',
  tokensIn: 'tokens_in',
  tokensOut: 'tokens_out',
  tokensCached: 'tokens_cached',
  costUsd: 'cost_usd',
  durationMs: 'duration_ms',
  retries: 'retries',
  attempt: 'attempt',
  take: 'take',
  exampleIds: 'example_ids',
  trainingStrategy: 'training_strategy',
  exampleSimilarities: 'example_similarities',
  trainingTrouble: 'training_trouble',
  probability: 'probability',
  source: 'source',
  error: 'error',
});
const FIELDS = Object.freeze(Object.entries(COLUMNS)) as readonly (readonly [keyof typeof COLUMNS, string])[];

/** The row of `unified_logs` for a call. `ingested` is its place in the order of arrival. */
export function rowOf(record: CallRecord, ingested: number): StoreRow {
  const row: Record<string, unknown> = { timestamp: timestampText(record.timestampUs), ingested };
  for (const [field, column] of FIELDS) {
    const value = record[field];
    if (value !== undefined) row[column] = value;
  }
  return row;
}

/** `2026-01-02 03:04:05.678901`, UTC. */
export function timestampText(microseconds: bigint): string {
  const seconds = microseconds / 1_000_000n;
  const fraction = String(microseconds % 1_000_000n).padStart(6, '0');
  const date = new Date(Number(seconds) * 1000).toISOString();
  return `${date.slice(0, 10)} ${date.slice(11, 19)}.${fraction}`;
}
