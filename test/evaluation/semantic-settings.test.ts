import { describe, expect, it } from 'vitest';
import { readSemanticSettings, SEMANTIC_SETTINGS } from '../../src/operators/evaluation/semantic-settings.ts';
import { DEFAULT_SEMANTIC_SETTINGS } from '../../src/operators/evaluation/statement-scope.ts';

const read = (values: Readonly<Record<string, string>>) => readSemanticSettings((name) => values[name]);

describe('the rvbbit settings', () => {
  it('are the defaults where nothing was set', () => {
    expect(read({})).toEqual(DEFAULT_SEMANTIC_SETTINGS);
  });

  it('name every field of the settings once', () => {
    const fields = SEMANTIC_SETTINGS.map(({ field }) => field).sort();
    expect(fields).toEqual(Object.keys(DEFAULT_SEMANTIC_SETTINGS).sort());
  });

  it('read what was set', () => {
    const set = {
      'rvbbit.model': 'openai/gpt-4.1',
      'rvbbit.on_error': 'NULL',
      'rvbbit.reuse_answers': 'any',
      'rvbbit.use_verified': 'off',
      'rvbbit.batch_size': '16',
      'rvbbit.max_calls': '100',
      'rvbbit.max_tokens': '2000',
      'rvbbit.max_cost_usd': '.5',
      'rvbbit.max_pairs': '7',
      'rvbbit.recall': '.95',
      'rvbbit.precision': '0.9',
      'rvbbit.progress': 'yes',
      'rvbbit.takes': '3',
    };
    expect(read(set)).toEqual({
      model: 'openai/gpt-4.1',
      onError: 'null',
      reuseAnswers: 'any',
      useVerified: false,
      batchSize: 16,
      maxCalls: 100,
      maxTokens: 2000,
      maxCostUsd: 0.5,
      maxPairs: 7,
      recall: 0.95,
      precision: 0.9,
      progress: true,
      takes: 3,
    });
  });

  it('take 0 for no limit, and show it', () => {
    const { maxCalls, maxCostUsd, batchSize } = read({ 'rvbbit.max_calls': '0', 'rvbbit.max_cost_usd': '0' });
    expect([maxCalls, maxCostUsd, batchSize]).toEqual([null, null, null]);
    expect(SEMANTIC_SETTINGS.map(({ name, initial }) => `${name}=${initial}`)).toEqual([
      'rvbbit.model=',
      'rvbbit.on_error=error',
      'rvbbit.reuse_answers=same_examples',
      'rvbbit.use_verified=on',
      'rvbbit.takes=0',
      'rvbbit.batch_size=0',
      'rvbbit.max_calls=0',
      'rvbbit.max_tokens=0',
      'rvbbit.max_cost_usd=0',
      'rvbbit.max_pairs=10000',
      'rvbbit.recall=1',
      'rvbbit.precision=1',
      'rvbbit.progress=off',
    ]);
  });

  it('show what they parse', () => {
    for (const { initial, parse, show } of SEMANTIC_SETTINGS) expect(show(parse(initial))).toBe(initial);
  });

  it.each([
    ['rvbbit.max_calls', '-1'],
    ['rvbbit.recall', '0'],
    ['rvbbit.precision', '1.1'],
    ['rvbbit.max_calls', '1.5'],
    ['rvbbit.max_calls', 'many'],
    ['rvbbit.batch_size', '257'],
    ['rvbbit.max_cost_usd', '$3'],
    ['rvbbit.on_error', 'ignore'],
    ['rvbbit.progress', 'maybe'],
  ])('refuse %s = %s with 22023 that names the parameter', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(
      expect.objectContaining({ code: '22023', message: expect.stringContaining(name) as string }) as Error,
    );
  });
});
