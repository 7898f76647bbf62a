import { withoutReasoning } from './final-answer.ts';
import type { ParsedOutput } from './parsed-output.ts';
import { invalid, valid } from './parsed-output.ts';

/** Any text but none. */
export function parseText(text: string): ParsedOutput {
  const answer = withoutReasoning(text);
  return answer === '' ? invalid('it is empty') : valid(answer, answer);
}
