import type { CallEstimator, CallsEstimate } from '../../runner/estimate/call-estimator.ts';
import { ASSUMED_CLEAR } from '../proxy/expected-proxy.ts';
import type { StatementScope } from '../statement-scope.ts';
import type { Estimation, EstimatedOperator } from './estimation.ts';
import type { UnpaidCalls } from './unpaid-calls.ts';
import type { ExplainedOperator, SemanticExplanation } from './explanation.ts';

/** What bounds the speed of calls. */
export interface CallLimits {
  readonly concurrency: number;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

/** What the statement that was gone through will take. */
export async function explainEstimation(
  estimation: Estimation,
  estimator: CallEstimator,
  limits: CallLimits,
  scope: StatementScope,
): Promise<SemanticExplanation> {
  const operators = estimation.estimated();
  const estimates = await Promise.all(operators.map((operator) => estimateOf(operator, estimator, scope)));
  const total = totalOf(estimates);
  return Object.freeze({
    operators: Object.freeze(
      operators.map((operator, at) => explained(operator, estimates[at] as CallsEstimate)),
    ),
    toPay: operators.reduce((sum, operator) => sum + callsToPay(operator), 0),
    ...total,
    seconds: secondsOf(estimates, total, limits),
    assumptions: Object.freeze(assumptionsOf(operators, estimates, limits)),
    happened: null,
  });
}

function callsOf({ unpaid, together }: EstimatedOperator): readonly UnpaidCalls[] {
  return [unpaid, ...together.unpaid.values()];
}

function callsToPay(operator: EstimatedOperator): number {
  return callsOf(operator).reduce((sum, { count }) => sum + count, 0);
}

async function estimateOf(
  operator: EstimatedOperator,
  estimator: CallEstimator,
  scope: StatementScope,
): Promise<CallsEstimate> {
  const parts = await Promise.all(
    callsOf(operator).map((calls) => estimator.estimate(calls.toMake(), scope)),
  );
  const { requests, costUsd } = totalOf(parts);
  const time = parts.reduce((sum, part) => sum + part.requests * part.latencyMs, 0);
  return Object.freeze({
    requests,
    tokensIn: parts.reduce((sum, { tokensIn }) => sum + tokensIn, 0),
    tokensOut: parts.reduce((sum, { tokensOut }) => sum + tokensOut, 0),
    costUsd,
    latencyMs: requests === 0 ? 0 : time / requests,
    models: [...new Set(parts.flatMap(({ models }) => models))],
    assumptions: [...operator.together.assumptions, ...parts.flatMap(({ assumptions }) => assumptions)],
  });
}

function explained(operator: EstimatedOperator, estimate: CallsEstimate): ExplainedOperator {
  const { use, together, trueShare, proxies, joins } = operator;
  const toPay = callsToPay(operator);
  const { name, rows, fromMemory, newExamples, ...counts } = use.counts();
  const fromLog = counts.fromLog + together.inLog;
  return Object.freeze({
    operator: name,
    models: estimate.models,
    rows,
    distinctCalls: fromMemory + fromLog + toPay,
    inMemory: fromMemory,
    inLog: fromLog,
    toPay,
    newExamples,
    requests: estimate.requests,
    tokensIn: estimate.tokensIn,
    tokensOut: estimate.tokensOut,
    costUsd: estimate.costUsd,
    trueShare,
    proxies: Object.freeze(proxies),
    joins: Object.freeze(joins),
    examples: Object.freeze(callsOf(operator).flatMap((calls) => calls.examples())),
  });
}

function totalOf(estimates: readonly CallsEstimate[]): {
  readonly requests: number;
  readonly tokens: number;
  readonly costUsd: number | null;
} {
  const unknown = estimates.some(({ costUsd }) => costUsd === null);
  return {
    requests: estimates.reduce((sum, { requests }) => sum + requests, 0),
    tokens: estimates.reduce((sum, { tokensIn, tokensOut }) => sum + tokensIn + tokensOut, 0),
    costUsd: unknown ? null : estimates.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
  };
}

function secondsOf(
  estimates: readonly CallsEstimate[],
  { requests, tokens }: { readonly requests: number; readonly tokens: number },
  { concurrency, requestsPerMinute, tokensPerMinute }: CallLimits,
): number {
  const waves = estimates.map((one) => Math.ceil(one.requests / concurrency) * (one.latencyMs / 1000));
  return Math.max(
    waves.reduce((sum, seconds) => sum + seconds, 0),
    requestsPerMinute === null ? 0 : (requests * 60) / requestsPerMinute,
    tokensPerMinute === null ? 0 : (tokens * 60) / tokensPerMinute,
  );
}

function assumptionsOf(
  operators: readonly EstimatedOperator[],
  estimates: readonly CallsEstimate[],
  { concurrency, requestsPerMinute, tokensPerMinute }: CallLimits,
): readonly string[] {
  const limits = [
    `${concurrency} requests at once`,
    ...(requestsPerMinute === null ? [] : [`${requestsPerMinute} requests a minute`]),
    ...(tokensPerMinute === null ? [] : [`${tokensPerMinute} tokens a minute`]),
  ];
  return [
    ...operators.flatMap(unknownAnswers),
    ...(operators.some(({ proxies }) => proxies.length > 0) ? [PROXY_ASSUMPTION] : []),
    ...(operators.some(({ joins }) => joins.length > 0) ? [JOIN_ASSUMPTION] : []),
    ...new Set(estimates.flatMap(({ assumptions }) => assumptions)),
    `${limits.join(', ')}; nothing is asked twice and no prompt is cached by the provider`,
  ];
}

const PROXY_ASSUMPTION = `a proxy is taken to decide ${Math.round(100 * ASSUMED_CLEAR)}% of the values that it is not trained and proved on; what it saves is not taken off the total`;

const JOIN_ASSUMPTION =
  'in a join each value of the smaller side is taken to have one partner; what ruling pairs out saves is not taken off the total';

function unknownAnswers({ use, unpaid, trueShare }: EstimatedOperator): readonly string[] {
  if (unpaid.count === 0) return [];
  const then = 'what stands behind it in the statement is counted accordingly';
  if (trueShare === null) return [`${use.name}: an answer still to pay counts as NULL, and ${then}`];
  const share = `${Math.round(trueShare * 100)}%`;
  return [`${use.name}: of the answers still to pay, ${share} are taken to be true, and ${then}`];
}
