import { describe, expect, it } from 'vitest';
import { JsonSchemas } from '../../src/operators/runner/json-schemas.ts';
import { parseOutput } from '../../src/operators/runner/parse-output.ts';

const schemas = new JsonSchemas();
const parse = (
  text: string,
  kind: 'boolean' | 'score' | 'label' | 'json' | 'text',
  more: { labels?: readonly string[]; outputSchema?: Readonly<Record<string, unknown>> } = {},
) => parseOutput({ kind, labels: [], outputSchema: null, ...more }, { text, finish: 'stop' }, schemas);

describe('a boolean', () => {
  it.each([
    'true',
    'True.',
    ' YES \n',
    '"true"',
    '**True**',
    '`true`',
    '{"answer": true}',
    '{"reason": "it is bamboo", "matches": "yes"}',
    '```json\n{"answer": true}\n```',
    '```\ntrue\n```',
    'Answer: true',
    'The final answer is **true**.',
    'Bamboo grows back.\nNothing here is false.\n\nFinal answer: yes',
    '<think>false? no, true</think>\ntrue',
  ])('is true in %j', (text) => {
    expect(parse(text, 'boolean')).toEqual({ ok: true, value: true, text: 'true' });
  });

  it.each(['false', 'No.', '{"answer": false}', 'It is plastic.\nfalse'])('is false in %j', (text) => {
    expect(parse(text, 'boolean')).toEqual({ ok: true, value: false, text: 'false' });
  });

  it.each([
    '',
    'maybe',
    'true or false',
    'untrue',
    'true\nfalse',
    'Yes, but no',
    'null',
    '{"a": true, "b": false}',
    '1',
  ])('is neither in %j', (text) => {
    expect(parse(text, 'boolean')).toEqual({ ok: false, problem: 'it is neither true nor false' });
  });
});

describe('a score', () => {
  it.each([
    ['0.85', 0.85],
    ['Score: 1', 1],
    ['{"score": 0.2}', 0.2],
    ['Close, but not quite.\n.5', 0.5],
    ['0', 0],
  ])('is read from %j', (text, value) => {
    expect(parse(text, 'score')).toEqual({ ok: true, value, text: String(value) });
  });

  it('stays in its range, which the schema may set', () => {
    expect(parse('1.5', 'score')).toEqual({ ok: false, problem: '1.5 is not a number from 0 to 1' });
    expect(parse('-0.5', 'score', { outputSchema: { minimum: -1, maximum: 1 } })).toMatchObject({
      value: -0.5,
    });
    expect(parse('85%', 'score')).toEqual({ ok: false, problem: 'it is no number' });
  });
});

describe('a label', () => {
  const labels = ['Positive', 'negative', 'n/a'];

  it('is one of the labels, spelt as the cascade spells it', () => {
    expect(parse('positive.', 'label', { labels })).toEqual({
      ok: true,
      value: 'Positive',
      text: 'Positive',
    });
    expect(parse('{"label": "N/A"}', 'label', { labels })).toMatchObject({ value: 'n/a' });
  });

  it('is nothing else', () => {
    expect(parse('mixed', 'label', { labels }).ok).toBe(false);
    expect(parse('positive and negative', 'label', { labels }).ok).toBe(false);
  });
});

describe('JSON', () => {
  const outputSchema = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };

  it('is taken out of fences and sentences and logged canonically', () => {
    for (const text of [
      '{"z": 1, "n": 2}',
      '```json\n{"z":1,"n":2}\n```',
      'Here it is: {"z": 1, "n": 2} Enjoy!',
    ]) {
      expect(parse(text, 'json', { outputSchema })).toEqual({
        ok: true,
        value: { z: 1, n: 2 },
        text: '{"n":2,"z":1}',
      });
    }
  });

  it('says where it breaks the schema', () => {
    expect(parse('{"n": "two"}', 'json', { outputSchema })).toEqual({
      ok: false,
      problem: 'answer/n must be integer',
    });
    expect(parse('none', 'json', { outputSchema })).toEqual({ ok: false, problem: 'it is no JSON' });
  });

  it('may be null where no schema forbids it', () => {
    expect(parse('null', 'json')).toEqual({ ok: true, value: null, text: 'null' });
  });
});

describe('any reply', () => {
  it('is no answer where it was cut off or refused, whatever it says', () => {
    const cell = { kind: 'boolean' as const, labels: [], outputSchema: null };
    expect(parseOutput(cell, { text: 'true', finish: 'length' }, schemas).ok).toBe(false);
    expect(parseOutput(cell, { text: 'true', finish: 'refusal' }, schemas).ok).toBe(false);
  });

  it('of text is what was said, but not nothing', () => {
    expect(parse('  a b\n', 'text')).toEqual({ ok: true, value: 'a b', text: 'a b' });
    expect(parse(' \n', 'text')).toEqual({ ok: false, problem: 'it is empty' });
  });
});
