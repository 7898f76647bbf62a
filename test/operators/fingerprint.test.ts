import { describe, expect, it } from 'vitest';
import { canonicalInputs } from '../../src/operators/cascade/canonical-inputs.ts';
import { canonicalJson } from '../../src/operators/cascade/canonical-json.ts';
import { cascadeOf } from './support/stage.ts';

const BASE = `cascade_id: x
description: old
cells:
  - name: a
    instructions: "Say {{ input.text }}"
    output_schema: { type: object, properties: { a: {}, b: {} } }
    use_training: true
`;

const [before] = [cascadeOf(BASE)];
const after = (from: string, to: string) => cascadeOf(BASE.replace(from, to));

describe('fingerprints', () => {
  it.each([
    ['the prompt', 'Say', 'Tell'],
    ['the schema', '{ a: {}, b: {} }', '{ a: {} }'],
    ['the kind', 'use_training: true', 'kind: text'],
    ['the labels', 'use_training: true', 'labels: [a, b]'],
  ])('of cell and cascade change with %s', (_, from, to) => {
    const changed = after(from, to);
    expect(changed.cells[0]?.fingerprint).not.toBe(before?.cells[0]?.fingerprint);
    expect(changed.fingerprint).not.toBe(before?.fingerprint);
  });

  it.each([
    ['the model', 'model: openai/gpt-4.1'],
    ['the temperature', 'temperature: 0.5'],
    ['the limit of tokens', 'max_tokens: 5'],
    ['takes', 'takes: { n: 3 }'],
  ])('of the cascade alone change with %s: marks stay', (_, line) => {
    const changed = after('use_training: true', `use_training: true\n    ${line}`);
    expect(changed.cells[0]?.fingerprint).toBe(before?.cells[0]?.fingerprint);
    expect(changed.fingerprint).not.toBe(before?.fingerprint);
  });

  it.each([
    ['descriptions', 'description: old', 'description: new'],
    ['training', 'use_training: true', 'training_limit: 9'],
    ['time-outs and retries', 'use_training: true', 'timeout_ms: 5\n    max_retries: 0'],
    [
      'test cases',
      'use_training: true',
      'use_training: true\ntest_cases: [{ inputs: { text: a }, expect: 1 }]',
    ],
    ['the order of keys', '{ a: {}, b: {} }', '{ b: {}, a: {} }'],
  ])('stay with %s', (_, from, to) => {
    expect(after(from, to).fingerprint).toBe(before?.fingerprint);
  });

  it('tell two cascades of one prompt apart', () => {
    expect(after('cascade_id: x', 'cascade_id: y').fingerprint).not.toBe(before?.fingerprint);
  });
});

describe('canonical JSON', () => {
  it('has one spelling for one value', () => {
    expect(canonicalJson({ b: [-0, 1e2, 9007199254740993n, 7n], a: { d: undefined, c: 'ß"\u2028' } })).toBe(
      '{"a":{"c":"ß\\"\u2028"},"b":[0,100,"9007199254740993",7]}',
    );
    expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
  });

  it('refuses what JSON cannot say', () => {
    expect(() => canonicalJson({ a: NaN })).toThrow(TypeError);
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});

describe('canonical inputs', () => {
  const cascade = cascadeOf(`cascade_id: x
sql_function:
  name: x
  args: [{ name: text }, { name: language, default: en }]
cells: [{ name: a, instructions: "{{ input.text }} {{ input.language }}" }]
`);

  it('are the declared ones, sorted, defaults filled in', () => {
    expect(canonicalJson(canonicalInputs(cascade, { text: 'a' }))).toBe('{"language":"en","text":"a"}');
    expect(canonicalInputs(cascade, { language: 'de', text: '' })).toEqual({ language: 'de', text: '' });
  });

  it('refuse what is unknown or missing, with a way out', () => {
    expect(() => canonicalInputs(cascade, { txt: 'a' })).toThrow(
      expect.objectContaining({ code: '22023', hint: 'Did you mean "text"?' }),
    );
    expect(() => canonicalInputs(cascade, {})).toThrow('needs the input "text"');
  });
});
