import { finalAnswer } from './final-answer.ts';
import type { ParsedOutput } from './parsed-output.ts';
import { invalid, valid } from './parsed-output.ts';

/** The label as the cascade spells it; case does not count. */
export function parseLabel(text: string, labels: readonly string[]): ParsedOutput {
  const label = finalAnswer(text, (word) => labels.find((own) => own.toLowerCase() === word.toLowerCase()));
  return label === undefined ? invalid(`it is none of ${labels.join(', ')}`) : valid(label, label);
}
