import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { testOperators } from '../../src/cli/test-operators.ts';
import { packagePath } from '../../src/cli/package-folder.ts';
import { readConfig } from '../../src/config.ts';
import type { TestCase } from '../../src/operators/cascade/cascade.ts';
import { meets } from '../../src/operators/cascade/expectation.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';

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

/** JSON schema, as far as replies are made by it. */
interface Schema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Keys of an expectation that any text, number or list of some kind meets. */
const CHECKS = ['min', 'max', 'contains', 'lacks', 'min_words', 'max_words', 'max_items'];

/** A reply that meets an expectation, as a model would give it. `schema` is what its cascade asks for. */
function replyFor({ expect: expected }: TestCase, schema: Schema): unknown {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return expected;
  const checks = expected as Readonly<Record<string, unknown>>;
  if (!Object.keys(checks).every((key) => CHECKS.includes(key))) return { ...leastOf(schema), ...checks };
  if (schema.type === 'array') {
    const said = checks.contains ?? 'one';
    const [first] = Object.keys(schema.items?.properties ?? {});
    return [first === undefined ? said : { ...leastOf(schema.items ?? {}), [first]: said }];
  }
  if (checks.min !== undefined || checks.max !== undefined) return checks.min ?? checks.max;
  return [
    checks.contains ?? 'word',
    ...Array.from({ length: Number(checks.min_words ?? 1) - 1 }, () => 'word'),
  ].join(' ');
}

/** The least that a schema asks for in its fields. */
function leastOf({ properties = {} }: Schema): object {
  const least = ({ type }: Schema) => (type === 'array' ? [] : type === 'string' ? 'said' : null);
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, least(schema)]));
}

/** Rules for all test cases of the shipped cascades, those with more inputs first. */
async function scriptOfTestCases(): Promise<{ readonly rules: readonly object[]; readonly cases: number }> {
  const { cascades } = await loadOperatorSet([packagePath('cascades')], 1);
  const rules = [...cascades.values()].flatMap((cascade) =>
    cascade.testCases.map((testCase) => ({
      match: testCase.inputs,
      reply: replyFor(testCase, cascade.cells.at(-1)?.outputSchema ?? {}),
    })),
  );
  const size = ({ match }: { readonly match: object }) => Object.keys(match).length;
  return { rules: rules.toSorted((a, b) => size(b) - size(a)), cases: rules.length };
}

/** Each opens a server's core, on machines that are busy too. */
describe('rvbbit test', { timeout: 120_000 }, () => {
  it('runs every test case on a scripted model, those too that the local one cannot answer', async () => {
    const data = await mkdtemp(join(tmpdir(), 'rvbbit-cases-'));
    const lines: string[] = [];
    try {
      const { rules, cases } = await scriptOfTestCases();
      const script = join(data, 'replies.yaml');
      await writeFile(script, JSON.stringify(rules));
      const config = readConfig({ RVBBIT_MODEL: `scripted/${script}` }, { data });
      const totals = await testOperators(undefined, config, pino({ level: 'silent' }), (line) =>
        lines.push(line),
      );
      expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
      expect(totals).toEqual({ passed: cases, failed: 0, skipped: 0 });
      expect(cases).toBeGreaterThan(40);
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  });

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
