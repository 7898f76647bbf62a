import type { CallRecord } from '../../training/log/call-record.ts';
import type { ModelReply } from '../models/model-provider.ts';
import type { CellRun } from './cell-run.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Question } from './question.ts';
import { uuidV7 } from './uuid-v7.ts';

/** One model call about to be made. */
export interface Attempt {
  readonly run: CellRun;
  readonly question: Question;
  readonly provider: string;
  readonly model: string;
  /** As sent, for the log of a call that brings no reply. */
  readonly request: unknown;
  /** From 1. */
  readonly attempt: number;
  /** From 1. */
  readonly take: number;
  readonly startedAt: number;
}

/** How a call ended: `error` is null and `output` the logged text, or the reverse. */
export interface Outcome {
  readonly reply: ModelReply | null;
  readonly output: string;
  readonly error: string | null;
}

/** The row of a call in the log, without the answer key: that is known when the run is over. */
export function callRecord(attempt: Attempt, { reply, output, error }: Outcome): CallRecord {
  const { run, question } = attempt;
  return {
    traceId: uuidV7(attempt.startedAt),
    timestampUs: BigInt(attempt.startedAt) * 1000n,
    sessionId: run.scope.sessionId,
    statementId: run.scope.statementId,
    runId: run.runId,
    parentTraceId: run.parentTraceId,
    caller: run.scope.caller,
    cascadeId: run.call.cascade.cascadeId,
    cellName: question.cellName,
    fingerprint: question.fingerprint,
    inputs: canonicalJson(run.call.inputs),
    output,
    answerKey: '',
    answer: '',
    request: JSON.stringify(reply?.request ?? attempt.request),
    response: JSON.stringify(reply?.response ?? null),
    model: reply?.model ?? attempt.model,
    provider: attempt.provider,
    tokensIn: reply?.tokensIn ?? 0,
    tokensOut: reply?.tokensOut ?? 0,
    tokensCached: reply?.tokensCached ?? 0,
    costUsd: reply?.costUsd ?? null,
    durationMs: Date.now() - attempt.startedAt,
    retries: reply?.retries ?? 0,
    attempt: attempt.attempt,
    take: attempt.take,
    ...question.injected,
    probability: reply?.probability ?? null,
    source: 'model',
    error,
  };
}
