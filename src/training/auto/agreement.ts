import type { Inputs } from '../training.ts';
import type { OutputJudge } from './output-judge.ts';

/** As many samples of the cell speak for an output as give it. `ask` asks the cell anew, without examples. */
export function agreement(samples: number, ask: (inputs: Inputs) => Promise<string>): OutputJudge {
  const sample = (inputs: Inputs): Promise<readonly string[]> =>
    Promise.all(Array.from({ length: samples }, () => ask(inputs)));
  return Object.freeze({
    name: 'auto',
    levels: samples,
    score: async (inputs: Inputs, output: string) => countOf(output, await sample(inputs)),
    fresh: async (inputs: Inputs) => mostFrequent(await sample(inputs)),
  });
}

function mostFrequent(said: readonly string[]): { readonly output: string; readonly score: number } {
  const score = Math.max(...said.map((one) => countOf(one, said)));
  return { output: said.find((one) => countOf(one, said) === score) ?? '', score };
}

function countOf(output: string, said: readonly string[]): number {
  return said.filter((one) => one === output).length;
}
