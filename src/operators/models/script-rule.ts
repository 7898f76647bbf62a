import { isDeepStrictEqual } from 'node:util';
import type { ModelRequest } from './model-provider.ts';

/** A regular expression over all messages of the prompt, or inputs that the call has among its own. */
export type ScriptMatch = RegExp | Readonly<Record<string, unknown>>;

export interface ScriptRule {
  readonly match: ScriptMatch;
  readonly reply: string | Error;
}

/** The first rule that fits. */
export function ruleFor(rules: readonly ScriptRule[], request: ModelRequest): ScriptRule | undefined {
  return rules.find(({ match }) => fits(match, request));
}

function fits(match: ScriptMatch, request: ModelRequest): boolean {
  if (match instanceof RegExp) return match.test(request.messages.map(({ content }) => content).join('\n'));
  return Object.entries(match).every(([name, value]) => isDeepStrictEqual(request.task.inputs[name], value));
}
