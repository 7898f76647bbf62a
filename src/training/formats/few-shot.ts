import type { Example } from '../example.ts';
import type { Format, Turn } from './format.ts';

/** A turn of the user and one of the assistant an example; the inputs as `name: JSON` lines, the output as it is. */
export const fewShot: Format = Object.freeze({
  name: 'few_shot',
  write: (examples) => ({ block: null, turns: examples.flatMap(turnsOf) }),
} satisfies Format);

function turnsOf(example: Example): readonly Turn[] {
  return [
    { role: 'user', content: inputLines(example.inputs) },
    { role: 'assistant', content: example.output },
  ];
}

function inputLines(inputs: Readonly<Record<string, unknown>>): string {
  return Object.entries(inputs)
    .map(([name, value]) => `${lineName(name)}: ${JSON.stringify(value ?? null)}`)
    .join('\n');
}

function lineName(name: string): string {
  return /^\w+$/.test(name) ? name : JSON.stringify(name);
}
