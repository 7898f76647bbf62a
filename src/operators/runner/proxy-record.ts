import type { CallRecord } from '../../training/log/call-record.ts';
import { HUMAN_CALL } from '../../training/log/human-call.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import type { CascadeCall } from './cascade-runner.ts';
import { uuidV7 } from './uuid-v7.ts';

/** What a proxy decided in the place of a model. */
export interface ProxyAnswer {
  readonly value: boolean;
  /** That the value is right, as the proxy sees it; 0..1, null where it does not say. */
  readonly probability: number | null;
  /** The embedder by which it decided. */
  readonly embedder: string;
}

/**
 * The row of an answer that a proxy gave. It has no answer key, so that no statement finds it: it belongs to the
 * statement whose recall and precision were proved with it.
 */
export function proxyRecord(call: CascadeCall, answer: ProxyAnswer, scope: StatementScope): CallRecord {
  const cell = call.cascade.cells.at(-1);
  const now = Date.now();
  return {
    ...HUMAN_CALL,
    traceId: uuidV7(now),
    timestampUs: BigInt(now) * 1000n,
    sessionId: scope.sessionId,
    statementId: scope.statementId,
    runId: uuidV7(now),
    parentTraceId: null,
    caller: scope.caller,
    cascadeId: call.cascade.cascadeId,
    cellName: cell?.name ?? '',
    fingerprint: cell?.fingerprint ?? '',
    inputs: canonicalJson(call.inputs),
    output: String(answer.value),
    answerKey: '',
    answer: '',
    model: answer.embedder,
    provider: 'proxy',
    probability: answer.probability,
    source: 'proxy',
  };
}
