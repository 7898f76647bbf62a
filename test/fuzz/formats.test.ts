import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Example } from '../../src/training/example.ts';
import type { FormattedExamples, ParsedExample } from '../../src/training/formats/format.ts';
import { formatExamples } from '../../src/training/formats/format-examples.ts';
import { parseFewShot } from '../training/support/parse-few-shot.ts';
import { parseMarkdown } from '../training/support/parse-markdown.ts';
import { parseXml } from '../training/support/parse-xml.ts';

const READERS: readonly [string, boolean, (formatted: FormattedExamples) => readonly ParsedExample[]][] = [
  ['xml', true, ({ block }) => parseXml(block ?? '')],
  ['markdown', true, ({ block }) => parseMarkdown(block ?? '')],
  ['few_shot', false, ({ turns }) => parseFewShot(turns)],
];

/** Any bytes that a text of a database can hold, and lone surrogates beside. */
const anyText = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.uint16Array({ maxLength: 12 }).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        '`',
        '```',
        '\n',
        '\r',
        '\0',
        '</output>',
        '</input>',
        '### Example 1',
        '**Output**',
        '{{ x }}',
        '{% x %}',
        ']]>',
        'a: ',
        '\\u0000',
      ),
    )
    .map((all) => all.join('')),
);
/** A key of any kind; one made of digits would change its place in the object. */
const name = anyText.filter((text) => text !== '__proto__' && !/^\d+$/.test(text));
const value = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const example = fc
  .tuple(fc.oneof(fc.record({ text: anyText }), fc.dictionary(name, value, { maxKeys: 4 })), anyText)
  .map(([inputs, output]): Example => ({
    traceId: 't',
    inputs,
    output,
    confidence: 1,
    verified: false,
    ingested: 1,
  }));

test.each(READERS)('any bytes in any place of an example survive %s and its parser', (format, lone, read) => {
  fc.assert(
    fc.property(fc.array(example, { minLength: 1, maxLength: 4 }), (examples) => {
      const expected = examples.map(({ inputs, output }) => ({
        input: lone && isLoneText(inputs) ? Object.values(inputs)[0] : inputs,
        output,
      }));
      expect(read(formatExamples(format, examples, 1e9))).toEqual(JSON.parse(JSON.stringify(expected)));
    }),
    { numRuns: 1500, seed: 9 },
  );
});

function isLoneText(inputs: Readonly<Record<string, unknown>>): boolean {
  const values = Object.values(inputs);
  return values.length === 1 && typeof values[0] === 'string';
}
