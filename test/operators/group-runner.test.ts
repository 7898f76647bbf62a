import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../src/operators/evaluation/statement-scope.ts';
import type { CascadeCall } from '../../src/operators/runner/cascade-runner.ts';
import { GroupRunner } from '../../src/operators/runner/group-runner.ts';

const operators = await loadOperatorSet([resolve('cascades')], 1);

/** A group of texts of 40 characters, of which about `fit` fit into a call. */
async function run(name: string, count: number, fit: number, answer: (texts: readonly string[]) => unknown) {
  const operator = operators.operators.get(name);
  if (operator === undefined) throw new Error(`${name} is not loaded`);
  const cascade = { ...operator.cascade, sqlFunction: { ...operator.sql, maxTokens: fit * 11 } };
  const calls: CascadeCall[] = [];
  const notices: string[] = [];
  const runner = new GroupRunner({
    run: async (call) => {
      calls.push(call);
      const value = answer(call.inputs.texts as string[]);
      return { value, traceId: '', outputs: {} };
    },
  });
  const texts = Array.from({ length: count }, (_, at) => `text ${at} `.padEnd(40, '.'));
  const scope = {
    sessionId: 's',
    statementId: 's',
    caller: 'sql' as const,
    settings: DEFAULT_SEMANTIC_SETTINGS,
    signal: new AbortController().signal,
    notice: ({ message }: { message: string }) => void notices.push(message),
  };
  const call = { cascade, inputs: { texts }, examples: new Map(), answerKey: 'q.none' };
  const { value } = await runner.run(call, scope, scope.signal);
  return { value, calls, notices };
}

describe('a group larger than a call', () => {
  it('is summarized as a tree, and the statement says in how many calls', async () => {
    const { value, calls, notices } = await run('summarize', 1_000, 100, (texts) =>
      `${texts.length} texts `.padEnd(40, '.'),
    );
    expect(String(value)).toContain('10 texts');
    expect(calls).toHaveLength(11);
    expect(calls.map(({ answerKey }) => answerKey)).toEqual([...Array<string>(10).fill(''), 'q.none']);
    expect(notices).toEqual(['semantic_summarize: a group of 1000 values took 11 calls']);
  });

  it('asks about the lists that its parts gave', async () => {
    const { value, calls } = await run('themes', 300, 100, (texts) => [`theme of ${texts.length}`]);
    expect(value).toEqual(['theme of 3']);
    expect(calls).toHaveLength(4);
  });

  it('averages scores by the number of values', async () => {
    const { value, calls } = await run('sentiment_agg', 250, 100, (texts) => (texts.length === 50 ? -1 : 1));
    expect(value).toBeCloseTo(0.6);
    expect(calls).toHaveLength(3);
    expect(calls.at(-1)?.conclude?.(-1)).toBeCloseTo(0.6);
  });

  it('goes in one call where it fits', async () => {
    const { calls, notices } = await run('summarize', 50, 100, () => 'all');
    expect(calls).toHaveLength(1);
    expect(notices).toEqual([]);
  });

  it('ends where the parts come to more than they were', async () => {
    const { calls } = await run('summarize', 200, 100, (texts) => 'long '.repeat(texts.length * 20));
    expect(calls.length).toBeLessThan(5);
  });
});
