/** One model call, as it is written to `unified_logs`: names become snake_case columns there. */
export interface CallRecord {
  readonly traceId: string;
  /** Microseconds since the epoch, UTC. */
  readonly timestampUs: bigint;
  readonly sessionId: string;
  /** The SQL statement, REST request or command that caused the call. */
  readonly statementId: string;
  /** One run of a cascade; its cells share it. */
  readonly runId: string;
  readonly parentTraceId: string | null;
  readonly caller: 'sql' | 'rest' | 'cli';
  readonly cascadeId: string;
  readonly cellName: string;
  /** Of the cell's prompt and schema. */
  readonly fingerprint: string;
  /** Canonical JSON of the declared inputs, never the rendered prompt. */
  readonly inputs: string;
  /** The cell's output as text; empty where the call failed. */
  readonly output: string;
  /** Set on the row whose output is the answer of the whole cascade; empty elsewhere. */
  readonly answerKey: string;
  /** JSON of the cascade's answer where answerKey is set; empty elsewhere. */
  readonly answer: string;
  /** JSON as sent and as received. */
  readonly request: string;
  readonly response: string;
  readonly model: string;
  readonly provider: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly costUsd: number | null;
  readonly durationMs: number;
  readonly retries: number;
  readonly attempt: number;
  readonly take: number;
  readonly exampleIds: readonly string[];
  /** By which the examples were chosen; left out where there are none. */
  readonly trainingStrategy?: string;
  /** Of the examples to the inputs, in their order; null where the strategy measured none. */
  readonly exampleSimilarities?: readonly (number | null)[];
  /** Why training gave nothing, where it was in trouble. */
  readonly trainingTrouble: string | null;
  readonly probability: number | null;
  /** Who decided: model, proxy, human. */
  readonly source: 'model' | 'proxy' | 'human';
  readonly error: string | null;
}
