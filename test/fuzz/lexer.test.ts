import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { SqlError } from '../../src/errors.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import { keywordPhrases } from '../../src/operators/lexer/keyword-phrases.ts';
import type { KeywordPhrases } from '../../src/operators/lexer/keyword-phrases.ts';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import { selectForms } from '../../src/operators/lexer/select-forms.ts';
import { splitStatements } from '../../src/operators/lexer/split-statements.ts';
import { tokenize } from '../../src/operators/lexer/tokenize.ts';

const RUNS = { numRuns: 1500, seed: 9 };

/** What the lexer gives a meaning to, beside the keywords of the loaded cascades. */
const FORMS = [
  ...['SEMANTIC', 'SEMANTIC_CASE', 'SEMANTIC JOIN', 'SEMANTIC DISTINCT', 'VECTOR_SEARCH(', 'desc', 'asc'],
  ...['SUMMARIZE(', 'CONSENSUS(', 'THEMES(', 'WHEN SEMANTIC'],
];
const CLAUSES = [
  ...['SELECT', 'FROM', 'WHERE', 'ORDER BY', 'GROUP BY', 'INSERT INTO', 'VALUES', 'UPDATE', 'SET', 'DELETE'],
  ...['CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'WITH', 'AS', 'JOIN', 'ON', 'LIMIT', 'MERGE INTO', 'RETURNING'],
  ...[
    'BEGIN ATOMIC',
    'CREATE TABLE',
    'EXPLAIN',
    'COPY',
    'TO',
    'NOT',
    'AND',
    'NULL',
    'COLLATE',
    'ON CONFLICT',
  ],
];
const SIGNS = [...'()[]{},;.:+-*/%^<>=~!@#&|`?$\\', '::', ':=', '->', '->>', '<>', '||', '..', '$1', '$a'];
const SPACES = [' ', '\n', '\t', '\r\n', '\f', '\u00a0', ''];

let operators: OperatorSet;
let phrases: KeywordPhrases;
let keywords: readonly string[];
beforeAll(async () => {
  operators = await loadOperatorSet([packagePath('cascades')], 1);
  phrases = keywordPhrases(operators);
  keywords = [...operators.patterns.keys(), ...operators.operators.keys(), ...FORMS];
});

const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const keyword = fc.nat().map((at) => keywords[at % keywords.length] ?? '');
const saying = fc
  .array(fc.oneof(keyword, anyText, fc.constantFrom(...CLAUSES, ...SIGNS)))
  .map((parts) => parts.join(' '));

/** Lexemes that hold any text, keywords among it, and are closed. */
const enclosed = fc.oneof(
  saying.map((text) => `'${text.replaceAll("'", "''")}'`),
  saying.map((text) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`),
  saying.map((text) => `"${text.replaceAll('"', '""')}"`),
  saying.map((text) => `$q$${text.replaceAll('$', '')}$q$`),
  saying.map((text) => `/*${text.replaceAll('/', '').replaceAll('*', '')}*/`),
  saying.map((text) => `--${text.replaceAll(/[\n\r]/g, ' ')}\n`),
);
const plainWord = fc.stringMatching(/^[b-d][0-9_éß]{0,6}$/);
const number = fc.oneof(
  fc.nat().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const space = fc.constantFrom(...SPACES, ' ', ' ', ' ');

/** Text in which no semantic word stands outside of strings, names and comments. */
const ordinary = fc
  .array(
    fc.tuple(
      fc.oneof(enclosed, plainWord, number, fc.constantFrom(...CLAUSES)),
      fc.constantFrom(' ', '\n', ' , ', ' ( ', ' ) ', ' ; ', ' = '),
    ),
  )
  .map((parts) => parts.flat().join(''));

/** Anything at all, with many keywords and broken lexemes. */
const wild = fc
  .array(
    fc.tuple(
      fc.oneof(
        keyword,
        keyword,
        enclosed,
        plainWord,
        number,
        anyText,
        fc.constantFrom(...CLAUSES, ...SIGNS, "'", '"', '$q$', '/*', '--'),
      ),
      space,
    ),
  )
  .map((parts) => parts.flat().join(''));

test('text without a semantic token comes through with the very same bytes', () => {
  fc.assert(
    fc.property(ordinary, (sql) => {
      const rewritten = rewriteSemanticSyntax(sql, operators, phrases);
      expect(rewritten.sql).toBe(sql);
      expect(rewritten.keywords).toEqual([]);
    }),
    RUNS,
  );
});

test('the tokens of any text cover it without gap or overlap', () => {
  fc.assert(
    fc.property(wild, (sql) => {
      let end = 0;
      for (const token of tokenize(sql)) {
        expect(token.start).toBe(end);
        expect(token.end).toBeGreaterThan(token.start);
        end = token.end;
      }
      expect(end).toBe(sql.length);
    }),
    RUNS,
  );
});

test('any text is rewritten with a map that leads back into it, or refused with a SqlError', () => {
  fc.assert(
    fc.property(wild, (sql) => {
      const rewritten = unlessRefused(() => rewriteSemanticSyntax(sql, operators, phrases));
      if (rewritten === null) return;
      for (let at = 0; at <= rewritten.sql.length; at += 7) {
        const source = rewritten.map.toSource(at);
        expect(source).toBeGreaterThanOrEqual(0);
        expect(source).toBeLessThanOrEqual(sql.length);
      }
    }),
    RUNS,
  );
});

test('any text is split into pieces that stand in it in order, and each has forms or a SqlError', () => {
  fc.assert(
    fc.property(wild, (sql) => {
      let end = 0;
      for (const { text, start } of splitStatements(sql)) {
        expect(start).toBeGreaterThanOrEqual(end);
        expect(sql.slice(start, start + text.length)).toBe(text);
        end = start + text.length;
        unlessRefused(() => selectForms(text));
      }
    }),
    RUNS,
  );
});

function unlessRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqlError) return null;
    throw error;
  }
}
