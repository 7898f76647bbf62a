import { finalAnswer } from './final-answer.ts';
import type { ParsedOutput } from './parsed-output.ts';
import { invalid, valid } from './parsed-output.ts';

/** true or yes, false or no, in any case. */
export function parseBoolean(text: string): ParsedOutput {
  const answer = finalAnswer(text, truthOf);
  return answer === undefined ? invalid('it is neither true nor false') : valid(answer, String(answer));
}

function truthOf(word: string): boolean | undefined {
  const lower = word.toLowerCase();
  if (lower === 'true' || lower === 'yes') return true;
  return lower === 'false' || lower === 'no' ? false : undefined;
}
