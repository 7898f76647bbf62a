import type { CallRecord } from '../../../training/log/call-record.ts';
import { canonicalJson } from '../../cascade/canonical-json.ts';
import type { ModelReply } from '../../models/model-provider.ts';
import { injected } from '../injected.ts';
import type { ParsedOutput } from '../parsed-output.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { packMessages } from './pack-prompt.ts';
import type { PackedRequest } from './packed-request.ts';

/**
 * The rows of a packed request in the log, one an item. Tokens and cost are shared out so that their sums are those
 * of the request; `request` holds the prompt with the row's own item alone, and under `pack` the id that the rows of
 * one request share.
 */
export function packRecords(
  packed: PackedRequest,
  reply: ModelReply,
  outcomes: readonly ParsedOutput[],
): readonly CallRecord[] {
  const count = packed.items.length;
  return outcomes.map((outcome, at) => ({
    ...baseRecord(packed, at),
    output: outcome.ok ? outcome.text : '',
    answerKey: outcome.ok ? (packed.items[at]?.call.answerKey ?? '') : '',
    answer: outcome.ok ? canonicalJson(outcome.value) : '',
    response: responseOf(packed, at, reply, outcome),
    model: reply.model,
    tokensIn: share(reply.tokensIn, count, at),
    tokensOut: share(reply.tokensOut, count, at),
    tokensCached: share(reply.tokensCached, count, at),
    costUsd: reply.costUsd === null ? null : reply.costUsd / count,
    retries: reply.retries,
    error: outcome.ok ? null : `invalid reply: ${outcome.problem}`,
  }));
}

/** The rows of a request that brought no reply. */
export function failedPackRecords(packed: PackedRequest, error: string): readonly CallRecord[] {
  return packed.items.map((_, at) => ({ ...baseRecord(packed, at), error }));
}

function baseRecord(packed: PackedRequest, at: number): CallRecord {
  const { call, scope } = packed.items[at] as PackedRequest['items'][number];
  return {
    traceId: uuidV7(packed.startedAt),
    timestampUs: BigInt(packed.startedAt) * 1000n,
    sessionId: scope.sessionId,
    statementId: scope.statementId,
    runId: uuidV7(packed.startedAt),
    parentTraceId: null,
    caller: scope.caller,
    cascadeId: call.cascade.cascadeId,
    cellName: packed.cell.name,
    fingerprint: packed.cell.fingerprint,
    inputs: canonicalJson(call.inputs),
    output: '',
    answerKey: '',
    answer: '',
    request: requestOf(packed, at),
    response: 'null',
    model: packed.chosen.model,
    provider: packed.chosen.provider.name,
    tokensIn: 0,
    tokensOut: 0,
    tokensCached: 0,
    costUsd: null,
    durationMs: Date.now() - packed.startedAt,
    retries: 0,
    attempt: 1,
    take: 1,
    ...injected(packed.cell, packed.examples),
    probability: null,
    source: 'model',
    error: null,
  };
}

function requestOf(packed: PackedRequest, at: number): string {
  const own = packed.prompt.items[at] as string;
  const pack = { id: packed.id, item: packed.prompt.ids[at], items: packed.items.length };
  return JSON.stringify({ model: packed.chosen.model, messages: packMessages(packed.prompt, [own]), pack });
}

/** The whole reply stands in the row whose item could not be read: there it is needed. */
function responseOf(packed: PackedRequest, at: number, reply: ModelReply, outcome: ParsedOutput): string {
  const id = packed.prompt.ids[at];
  if (!outcome.ok) return JSON.stringify(reply.response ?? null);
  return JSON.stringify({ pack: packed.id, answers: [{ id, answer: outcome.value }] });
}

/** The part of item `at` in a whole number that cannot be divided evenly: the first items have one more. */
function share(total: number, count: number, at: number): number {
  return Math.floor(total / count) + (at < total % count ? 1 : 0);
}
