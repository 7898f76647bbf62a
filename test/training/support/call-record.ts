import type { CallRecord } from '../../../src/training/log/call-record.ts';

/** A call of semantic_matches' evaluate cell; give what the test is about. */
export function callRecord(fields: Partial<CallRecord> & { readonly traceId: string }): CallRecord {
  return {
    timestampUs: BigInt(Date.now()) * 1000n,
    sessionId: 'session-1',
    statementId: 'statement-1',
    runId: `run-${fields.traceId}`,
    parentTraceId: null,
    caller: 'sql',
    cascadeId: 'semantic_matches',
    cellName: 'evaluate',
    fingerprint: 'fp-1',
    inputs: '{"criterion":"eco-friendly","text":"bamboo toothbrush"}',
    output: 'true',
    answerKey: `key-${fields.traceId}`,
    answer: 'true',
    request: '{}',
    response: '{}',
    model: 'scripted',
    provider: 'scripted',
    tokensIn: 10,
    tokensOut: 1,
    tokensCached: 0,
    costUsd: null,
    durationMs: 1.5,
    retries: 0,
    attempt: 1,
    take: 0,
    exampleIds: [],
    trainingTrouble: null,
    probability: null,
    source: 'model',
    error: null,
    ...fields,
  };
}
