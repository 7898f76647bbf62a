import type { ScoreRange } from './answer-rule.ts';
import { rangeText } from './answer-rule.ts';
import { finalAnswer } from './final-answer.ts';
import type { ParsedOutput } from './parsed-output.ts';
import { invalid, valid } from './parsed-output.ts';

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

export function parseScore(text: string, range: ScoreRange): ParsedOutput {
  const score = finalAnswer(text, (word) => (NUMBER.test(word) ? Number(word) : undefined));
  if (score === undefined) return invalid('it is no number');
  if (score < range.from || score > range.to) return invalid(`${score} is not a number ${rangeText(range)}`);
  return valid(score, String(score));
}
