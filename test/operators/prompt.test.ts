import { describe, expect, it } from 'vitest';
import { PromptRenderer } from '../../src/operators/runner/render-prompt.ts';
import { splitInstructions } from '../../src/operators/runner/split-instructions.ts';
import { StrictTemplate } from '../../src/operators/runner/strict-template.ts';
import { cascadeOf } from './support/stage.ts';

const NONE = { block: null, turns: [] };

function messagesOf(
  instructions: string,
  input: Record<string, unknown>,
  examples = NONE as typeof NONE,
  more = '',
) {
  const cascade = cascadeOf(
    `cascade_id: x\ncells:\n  - name: a\n    instructions: ${JSON.stringify(instructions)}\n${more}`,
  );
  const cell = cascade.cells[0];
  if (cell === undefined) throw new Error('no cell');
  return new PromptRenderer().messages(cell, { input, outputs: {} }, examples);
}

describe('a prompt', () => {
  it('begins alike for every row: instructions, rule, examples, and the row last', () => {
    const prompt = 'Judge.\n\nBe strict.\n\nCriterion: {{ input.c }}\nText: {{ input.t }}\n';
    const examples = { block: '<examples/>', turns: [] } as unknown as typeof NONE;
    const [first, second] = ['one', 'two'].map((t) =>
      messagesOf(prompt, { c: 'eco', t }, examples, '    kind: boolean\n'),
    );
    expect(first).toEqual([
      {
        role: 'system',
        content: 'Judge.\n\nBe strict.\n\nAnswer with one word, true or false.\n\n<examples/>',
      },
      { role: 'user', content: 'Criterion: eco\nText: one' },
    ]);
    expect(second?.[0]).toEqual(first?.[0]);
  });

  it('of one line has nothing to say before the row', () => {
    expect(messagesOf('Translate: {{ input.t }}', { t: 'Haus' })).toEqual([
      { role: 'user', content: 'Translate: Haus' },
    ]);
  });

  it('never evaluates what stands in a value', () => {
    const value = '{{ input.secret }}{% raw %}{# x #} <b>&amp;';
    expect(messagesOf('{{ input.t }}', { t: value })).toEqual([{ role: 'user', content: value }]);
  });

  it('shows structured values as JSON and null as nothing', () => {
    expect(
      messagesOf('{{ input.o }}|{{ input.n }}|{{ input.b }}', { o: { k: [1, 'x'] }, n: null, b: true }),
    ).toEqual([{ role: 'user', content: '{"k": [1, "x"]}||true' }]);
  });

  it('names a variable that has no value', () => {
    expect(() => messagesOf('{{ input.o.inner.deep }}', { o: {} })).toThrow(
      expect.objectContaining({ code: '42704', message: 'prompt of cell "a": input.o.inner is undefined' }),
    );
    expect(() => messagesOf('{% for x in input.l %}{{ x.k }}{% endfor %}', { l: [{}] })).toThrow(
      'x.k is undefined',
    );
  });

  it('may ask whether a value is there', () => {
    const template = new StrictTemplate(
      '{{ input.a | default("-") }}{% if input.a is defined %}!{% endif %}',
    );
    expect(template.render({ input: {} })).toBe('-');
    expect(template.render({ input: { a: 1 } })).toBe('1!');
  });

  it('reaches neither the clock nor code', () => {
    for (const text of ['{{ strftime_now("%Y") }}', '{{ input.constructor }}', '{{ input.__proto__ }}']) {
      expect(() => new StrictTemplate(text).render({ input: { a: 1 } })).toThrow('undefined');
    }
  });
});

describe('the split of a template', () => {
  it.each([
    ['no tags at all', '', 'no tags at all'],
    ['{# {{ not this }} #}Fixed.\n\nRow {{ a }}', '{# {{ not this }} #}Fixed.', '\n\nRow {{ a }}'],
    ['Line one.\nRow {{ a }}', 'Line one.\n', 'Row {{ a }}'],
    ['A.\n\nB.\n  \nFindings:\n{{ a }}\n\nC.', 'A.\n\nB.', '\n  \nFindings:\n{{ a }}\n\nC.'],
    ['A.\n\n{% if x %}B{% endif %}\n\n{{ a }}', 'A.', '\n\n{% if x %}B{% endif %}\n\n{{ a }}'],
  ])('%j', (template, fixed, row) => {
    expect(splitInstructions(template)).toEqual({ fixed, row });
  });

  it('takes linear time', () => {
    const template = `${'x\n\n'.repeat(50_000)}{{ a }}`;
    const begun = performance.now();
    expect(splitInstructions(template).row).toBe('\n\n{{ a }}');
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
