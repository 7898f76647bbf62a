import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { StartupError } from '../../src/errors.ts';
import { loadCascade } from '../../src/operators/cascade/load-cascade.ts';

const FILE = 'folder/x.cascade.yaml';
const FOLDERS = ['cascades/semantic_sql', 'cascades/examples', 'cascades/training'];
const SHIPPED = FOLDERS.flatMap((folder) => {
  const path = packagePath(folder);
  return readdirSync(path).map((file) => readFileSync(join(path, file), 'utf8'));
});
const WORDS = [...new Set(SHIPPED.join('\n').match(/[\w]+:?|\{\{[^}]*\}\}|[^\s\w]+/g) ?? [])];
const YAML = [
  '&a ',
  '*a',
  '<<: *a',
  '!!int ',
  '!!binary ',
  '- ',
  '? ',
  ': ',
  '| ',
  '>\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '#',
  '%YAML 1.1\n---\n',
  '...',
  '---',
  '\t',
  '\n',
  '\n  ',
  '~',
  '0x1',
  '.inf',
  '1e999',
  '-1',
  '__proto__: ',
  'constructor: ',
  '{{',
  '{%',
  '%}',
  '{% for x in y %}',
  '{{ input.',
  '{{ x | nope }}',
  '{{ 1/0 }}',
];

/** A cascade, or that the text is refused with its file and line; anything else is a fault. */
function loads(text: string): void {
  try {
    const cascade = loadCascade(FILE, text);
    expect(cascade.cascadeId).not.toBe('');
    expect(cascade.source).toBe(text);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    expect(error.message).toMatch(/^folder\/x\.cascade\.yaml:[1-9]\d*: [^]/);
    const line = Number(/:(\d+):/.exec(error.message)?.[1]);
    expect(line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
  }
}

const piece = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.constantFrom(...YAML),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

test('any text is a cascade or is refused with its file and line', () => {
  const text = fc
    .array(fc.tuple(piece, fc.constantFrom('', ' ', '\n', '\n  ', '\n    ')))
    .map((all) => all.flat().join(''));
  fc.assert(fc.property(text, loads), { numRuns: 1000, seed: 9 });
});

test('a shipped cascade with any piece put in, taken out or moved is a cascade or is refused so', () => {
  const changed = fc
    .tuple(
      fc.constantFrom(...SHIPPED),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(24), piece), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([text, edits]) =>
      edits.reduce((now, [at, cut, put]) => {
        const from = Math.floor(at * now.length);
        return now.slice(0, from) + put + now.slice(from + cut);
      }, text),
    );
  fc.assert(fc.property(changed, loads), { numRuns: 1000, seed: 9 });
});

test('a shipped cascade with any value in the place of one of its values is a cascade or is refused so', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.stringify(json));
  const changed = fc.tuple(fc.constantFrom(...SHIPPED), fc.nat(), value).map(([text, at, json]) => {
    const lines = text.split('\n');
    const keys = lines.flatMap((line, index) => (/^\s*(- )?[\w]+:/.test(line) ? [index] : []));
    const index = keys[at % keys.length] ?? 0;
    lines[index] = (lines[index] ?? '').replace(
      /^(\s*(?:- )?[\w]+:).*$/,
      `$1 ${json.replaceAll('$', '$$$$')}`,
    );
    return lines.join('\n');
  });
  fc.assert(fc.property(changed, loads), { numRuns: 1000, seed: 9 });
});
