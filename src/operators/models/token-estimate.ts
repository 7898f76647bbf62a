import type { ModelRequest } from './model-provider.ts';

const CHARACTERS_A_TOKEN = 4;
/** Tokens of a reply, where a request sets no limit. */
export const SHORT_ANSWER = 16;

/** Tokens that a request is about to use, in and out: for pacing, not for bills. */
export function estimateTokens(request: ModelRequest): number {
  const characters = request.messages.reduce((sum, message) => sum + message.content.length, 0);
  return Math.ceil(characters / CHARACTERS_A_TOKEN) + (request.maxTokens ?? SHORT_ANSWER);
}
