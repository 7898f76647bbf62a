import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { StartupError } from '../../src/errors.ts';
import { modelProviders, openModelProviders } from '../../src/operators/models/model-providers.ts';
import { costOf, loadPrices } from '../../src/operators/models/prices.ts';
import { ScriptedProvider } from '../../src/operators/models/scripted.ts';

describe('the providers', () => {
  it('are found by name, each made once and only when it is asked for', async () => {
    const made: string[] = [];
    const make = (name: string) => (): ScriptedProvider => {
      made.push(name);
      return new ScriptedProvider([], { name });
    };
    const providers = modelProviders({ a: make('a'), b: make('b') });
    expect(providers.find('b')).toBe(providers.find('b'));
    expect(made).toEqual(['b']);
    await providers.close();
  });

  it('of the product are local, openai and scripted, and an unknown name lists them', async () => {
    const providers = await openModelProviders(readConfig({ OPENAI_BASE_URL: 'http://localhost:1/v1' }));
    for (const name of ['local', 'openai', 'scripted']) expect(providers.find(name).name).toBe(name);
    for (const name of ['opnai', 'toString']) {
      expect(() => providers.find(name)).toThrowError(
        expect.objectContaining({ code: '42704', hint: expect.stringContaining('local, openai, scripted') }),
      );
    }
    await providers.close();
  });
});

describe('the price table', () => {
  const tokens = { tokensIn: 1_000_000, tokensCached: 0, tokensOut: 1_000_000 };

  it('knows the models of the openai provider and their dated snapshots', async () => {
    const prices = await loadPrices(null);
    expect(costOf(prices, 'gpt-4.1-mini', tokens)).toBeCloseTo(2, 9);
    expect(costOf(prices, 'gpt-4.1-mini-2025-04-14', tokens)).toBeCloseTo(2, 9);
    expect(costOf(prices, 'gpt-4.1-mini-of-my-own', tokens)).toBeNull();
  });

  it('is extended and overridden by a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-'));
    const file = join(folder, 'prices.yaml');
    await writeFile(file, 'llama3: { in: 0.1, out: 0.2 }\ngpt-4o: { in: 1, cached: 0.5, out: 2 }\n');
    const prices = await loadPrices(file);
    expect(costOf(prices, 'llama3', { ...tokens, tokensCached: 500_000 })).toBeCloseTo(0.3, 9);
    expect(costOf(prices, 'gpt-4o', { ...tokens, tokensCached: 500_000 })).toBeCloseTo(2.75, 9);
    await writeFile(file, 'llama3: { input: 0.1, out: 0.2 }\n');
    await expect(loadPrices(file)).rejects.toThrowError(StartupError);
    await expect(loadPrices(file)).rejects.toThrowError(file);
    await rm(folder, { recursive: true });
    await expect(loadPrices(file)).rejects.toThrowError(StartupError);
  });
});
