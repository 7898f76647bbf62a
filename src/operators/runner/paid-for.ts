import type { Budget, Charge } from '../evaluation/spending/budget.ts';
import type { ModelProvider, ModelReply, ModelRequest } from '../models/model-provider.ts';
import { costAt } from '../models/prices.ts';
import { estimateTokens, SHORT_ANSWER } from '../models/token-estimate.ts';

/**
 * Has a request admitted by the budget; what comes back sends it, and tells the budget what it took. Rejects as
 * `Budget.begin` does, and then nothing is sent.
 */
export async function paidFor(
  budget: Budget | undefined,
  provider: ModelProvider,
  request: ModelRequest,
): Promise<(signal: AbortSignal) => Promise<ModelReply>> {
  const charge = await budget?.begin({
    tokens: estimateTokens(request),
    costUsd: estimatedCost(provider, request),
    model: request.model,
  });
  return (signal) => settling(charge, provider.complete(request, signal));
}

async function settling(charge: Charge | undefined, replying: Promise<ModelReply>): Promise<ModelReply> {
  try {
    const reply = await replying;
    charge?.settle({ tokens: reply.tokensIn + reply.tokensOut, costUsd: reply.costUsd });
    return reply;
  } catch (error) {
    charge?.settle(null);
    throw error;
  }
}

/** 0 for a provider that charges nothing. */
function estimatedCost(provider: ModelProvider, request: ModelRequest): number | null {
  if (provider.priceOf === undefined) return 0;
  const price = provider.priceOf(request.model);
  if (price === null) return null;
  const tokensOut = request.maxTokens ?? SHORT_ANSWER;
  return costAt(price, { tokensIn: estimateTokens(request) - tokensOut, tokensCached: 0, tokensOut });
}
