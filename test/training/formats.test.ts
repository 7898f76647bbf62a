import { expect, test } from 'vitest';
import type { Example } from '../../src/training/example.ts';
import { formatExamples } from '../../src/training/formats/format-examples.ts';
import { parseFewShot } from './support/parse-few-shot.ts';
import { parseMarkdown } from './support/parse-markdown.ts';
import { parseXml } from './support/parse-xml.ts';
import { nastyTexts } from './support/nasty-text.ts';

function example(inputs: Record<string, unknown>, output: string): Example {
  return { traceId: 't', inputs, output, confidence: 1, verified: false, ingested: 1 };
}

const PLAIN = [
  example({ text: 'bamboo toothbrush', criterion: 'eco-friendly' }, 'true'),
  example({ text: 'plastic bottle', criterion: 'eco-friendly' }, 'false'),
];

test('the xml format writes the examples of a single input as the documentation shows them', () => {
  const formatted = formatExamples('xml', [example({ text: 'bamboo toothbrush' }, 'true')]);
  expect(formatted).toEqual({
    block:
      '<examples>\n<example>\n  <input>bamboo toothbrush</input>\n  <output>true</output>\n</example>\n</examples>',
    turns: [],
  });
});

test('the xml format gives each of several inputs an element, the criterion among them', () => {
  expect(formatExamples('xml', PLAIN).block).toContain(
    '<input>\n    <text>bamboo toothbrush</text>\n    <criterion>eco-friendly</criterion>\n  </input>',
  );
});

test('the few_shot format writes a turn of the user and one of the assistant for each example', () => {
  expect(formatExamples('few_shot', PLAIN)).toEqual({
    block: null,
    turns: [
      { role: 'user', content: 'text: "bamboo toothbrush"\ncriterion: "eco-friendly"' },
      { role: 'assistant', content: 'true' },
      { role: 'user', content: 'text: "plastic bottle"\ncriterion: "eco-friendly"' },
      { role: 'assistant', content: 'false' },
    ],
  });
});

const READERS = [
  {
    format: 'xml',
    lone: true,
    read: (examples: readonly Example[]) => parseXml(formatExamples('xml', examples, 1e9).block ?? ''),
  },
  {
    format: 'markdown',
    lone: true,
    read: (examples: readonly Example[]) =>
      parseMarkdown(formatExamples('markdown', examples, 1e9).block ?? ''),
  },
  {
    format: 'few_shot',
    lone: false,
    read: (examples: readonly Example[]) => parseFewShot(formatExamples('few_shot', examples, 1e9).turns),
  },
];

test.each(READERS)('any text in an example survives $format and its parser', ({ lone, read }) => {
  const texts = [...nastyTexts(4000, 7)];
  for (let at = 0; at + 3 < texts.length; at += 4) {
    const [a = '', b = '', name = '', output = ''] = texts.slice(at, at + 4);
    const examples = [
      example({ text: a }, output),
      example({ text: a, criterion: b }, b),
      example({ text: a, [`n${name}`]: b, n: at, flag: false, nothing: null, list: [a, { b }] }, a),
      example({ number: at }, output),
      example({}, output),
    ];
    const expected = examples.map(({ inputs, output: said }, index) => ({
      input: index === 0 && lone ? a : inputs,
      output: said,
    }));
    expect(read(examples)).toEqual(expected);
  }
});

test.each(['xml', 'markdown', 'few_shot'])(
  '%s leaves whole examples out to fit the budget and cuts none',
  (format) => {
    const long = example({ text: 'x'.repeat(500) }, 'long');
    const short = example({ text: 'y' }, 'short');
    const formatted = formatExamples(format, [short, long, short], 300);
    expect(formatted).toEqual(formatExamples(format, [short, short], 300));
    expect(formatExamples(format, [long], 300)).toEqual({ block: null, turns: [] });
  },
);

test('an unknown format is an error that names the formats', () => {
  expect(() => formatExamples('toml', PLAIN)).toThrow('no training format is named "toml"');
});
