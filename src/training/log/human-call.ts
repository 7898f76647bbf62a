import type { CallRecord } from './call-record.ts';

/** What the log says of an answer that a person gave and no model was asked for. */
export const HUMAN_CALL = Object.freeze({
  request: 'null',
  response: 'null',
  model: '',
  tokensIn: 0,
  tokensOut: 0,
  tokensCached: 0,
  costUsd: 0,
  durationMs: 0,
  retries: 0,
  attempt: 1,
  take: 1,
  exampleIds: Object.freeze([]),
  trainingTrouble: null,
  probability: null,
  source: 'human',
  error: null,
} satisfies Partial<CallRecord>);
