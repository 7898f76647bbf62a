import type { Example } from '../example.ts';
import type { Format } from './format.ts';
import { loneText } from './lone-text.ts';

/** A heading an example, and every text in a fence longer than any run of backticks in it. */
export const markdown: Format = Object.freeze({
  name: 'markdown',
  write: (examples) => ({
    block: `## Examples\n${examples.map(section).join('')}`,
    turns: [],
  }),
} satisfies Format);

function section(example: Example, at: number): string {
  return `\n### Example ${at + 1}\n${inputs(example.inputs)}\n**Output**\n\n${fenced(example.output, 'text')}`;
}

function inputs(values: Readonly<Record<string, unknown>>): string {
  const text = loneText(values);
  if (text !== null) return `\n**Input**\n\n${fenced(text, 'text')}`;
  return Object.entries(values)
    .map(([name, value]) => `\n**Input ${JSON.stringify(name)}**\n\n${fencedValue(value)}`)
    .join('');
}

function fencedValue(value: unknown): string {
  return typeof value === 'string' ? fenced(value, 'text') : fenced(JSON.stringify(value ?? null), 'json');
}

function fenced(text: string, kind: 'text' | 'json'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${kind}\n${text}\n${fence}\n`;
}
