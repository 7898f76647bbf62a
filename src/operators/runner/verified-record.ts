import type { CallRecord } from '../../training/log/call-record.ts';
import { HUMAN_CALL } from '../../training/log/human-call.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { StatementScope } from '../evaluation/statement-scope.ts';
import type { CascadeCall, VerifiedCall } from './cascade-runner.ts';
import { uuidV7 } from './uuid-v7.ts';

/** The row of an answer that a person gave: no model, no tokens, no cost; its parent is the call that was marked. */
export function verifiedRecord(call: CascadeCall, verified: VerifiedCall, scope: StatementScope): CallRecord {
  const cell = call.cascade.cells.at(-1);
  const now = Date.now();
  return {
    traceId: uuidV7(now),
    timestampUs: BigInt(now) * 1000n,
    sessionId: scope.sessionId,
    statementId: scope.statementId,
    runId: uuidV7(now),
    parentTraceId: verified.traceId,
    caller: scope.caller,
    cascadeId: call.cascade.cascadeId,
    cellName: cell?.name ?? '',
    fingerprint: cell?.fingerprint ?? '',
    inputs: canonicalJson(call.inputs),
    output: verified.output,
    answerKey: call.answerKey,
    answer: canonicalJson(verified.value),
    provider: '',
    ...HUMAN_CALL,
  };
}
