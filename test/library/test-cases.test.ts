import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { testOperators } from '../../src/cli/test-operators.ts';
import { readConfig } from '../../src/config.ts';
import { meets } from '../../src/operators/cascade/expectation.ts';

describe('an expectation', () => {
  it.each([
    [true, true, true],
    [' Berlin ', 'berlin', true],
    [0.5, { min: 0.4, max: 0.6 }, true],
    [0.5, { min: 0.6 }, false],
    ['0.5', { min: 0.4 }, false],
    ['[EMAIL] wrote', { contains: '[email]', lacks: 'Ada' }, true],
    [['a', 'b'], { max_items: 1 }, false],
    ['one two', { min_words: 2, max_words: 2 }, true],
    [{ a: 1, b: 2 }, { a: 1 }, true],
    [{ a: 1 }, { b: null }, false],
    ['x', { unheard_of: 1 }, false],
    [null, { contains: 'x' }, false],
  ])('of %j against %j is met: %j', (value, expected, met) => {
    expect(meets(value, expected)).toBe(met);
  });
});

describe('rvbbit test', () => {
  it('runs every test case on the local model, at no cost, and skips what needs a language model', async () => {
    const data = await mkdtemp(join(tmpdir(), 'rvbbit-cases-'));
    const lines: string[] = [];
    try {
      const config = readConfig({ RVBBIT_MODEL: 'local' }, { data });
      const totals = await testOperators(undefined, config, pino({ level: 'silent' }), (line) =>
        lines.push(line),
      );
      expect(totals.passed).toBeGreaterThan(20);
      expect(totals.skipped).toBeGreaterThan(10);
      expect(lines.at(-1)).toMatch(/\$0\.00$/);
      expect(lines.filter((line) => line.includes('but'))).toEqual([]);
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  });
});
