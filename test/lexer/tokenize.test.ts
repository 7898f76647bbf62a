import { loadModule, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { tokenize } from '../../src/operators/lexer/tokenize.ts';
import { ORDINARY_SQL } from './ordinary-sql.ts';
import { Random } from './random.ts';

const FRAGMENTS = [
  ...`a means éß _x a$1 1 42 1_000 1.5 1. .5 1e5 1e-5 1e 0x1F 0o17 0b11 0x 'a' '' 'it''s' e'\\'' E'a\\\\' b'1' X'f' n'a' u&'a' u&"a"`.split(
    ' ',
  ),
  ...`"a" "a""b" $$ $$a$$ $q$a$q$ $1 $12 ( ) [ ] { } , ; . .. : :: := => -> ->> + - * / ** // ~ !~* <> != <= >= < > = || @> <@ ?`.split(
    ' ',
  ),
  ...'-- --c\n /* */ /*a*/ /*/**/*/ /* * / \\ ` # ^ & | ! @ %'.split(' '),
  ' ',
  '\n',
  '\t',
  ' \n ',
  `'a'\n'b'`,
  `'a' 'b'`,
  `E'a' -- c\n '\\''`,
  `'`,
  `"`,
  '😀',
];

describe('tokenize', () => {
  beforeAll(loadModule);

  it.each([
    ['an identifier with a dollar and letters beyond ASCII', 'é$1', 'word'],
    ['a name in quotes with doubled quotes', '"a""b"', 'quoted_name'],
    ['a string with doubled quotes', "'it''s'", 'string'],
    ['a string with backslashes, which escape nothing', "'a\\'", 'string'],
    ['an E-string in which backslashes escape', "e'it\\'s'", 'string'],
    ['strings joined over a newline', "'a' -- c\n 'b'", 'string'],
    ['a dollar quote with a tag and another quote in it', '$q$ $$ $q$', 'string'],
    ['a Unicode string', "U&'d\\0061'", 'string'],
    ['a Unicode name', 'u&"d\\0061"', 'quoted_name'],
    ['a bit string', "B'101'", 'string'],
    ['a parameter by number', '$12', 'parameter'],
    ['a parameter by name', '$name', 'parameter'],
    ['a block comment with another in it', '/* a /* b */ c */', 'comment'],
    ['a line comment', '-- a', 'comment'],
    ['a number with an exponent', '1.5e-10', 'number'],
    ['a number that begins with a dot', '.5', 'number'],
    ['a hexadecimal number with underscores', '0x_1F', 'number'],
    ['an arrow', '->>', 'operator'],
    ['a symbol of three characters that ends in a minus', '@#-', 'operator'],
    ['a cast', '::', 'punctuation'],
    ['a colon and equals sign', ':=', 'punctuation'],
    ['a string without end', "'a", 'unterminated'],
    ['a name without end', '"a', 'unterminated'],
    ['an E-string whose last quote is escaped', "E'a\\'", 'unterminated'],
    ['a dollar quote without end', '$a$ $b$', 'unterminated'],
    ['a nested comment without end', '/* /* */', 'unterminated'],
  ])('takes %s for one token', (_, sql, kind) => {
    expect(tokenize(sql)).toEqual([{ kind, start: 0, end: sql.length }]);
  });

  it.each([
    ['a comment starts in it', '<-- a', ['<', '-- a']],
    ['a block comment starts in it', '+/* a */', ['+', '/* a */']],
    ['it would end in a sign', '=-1', ['=', '-', '1']],
    ['it would end in several signs', '*+-1', ['*', '+', '-', '1']],
  ])('cuts an operator short where %s', (_, sql, texts) => {
    expect(textsOf(sql)).toEqual(texts);
  });

  it.each([
    ['a range from a number', '1..5', ['1', '..', '5']],
    ['strings side by side', "'a''b' 'c'", ["'a''b'", ' ', "'c'"]],
    ['a slice', 'a[1:-2]', ['a', '[', '1', ':', '-', '2', ']']],
    ['braces around a pair', "{'a':1}", ['{', "'a'", ':', '1', '}']],
    ['a positional column', '#1', ['#', '1']],
    ['a word after a number', '1where', ['1', 'where']],
    ['a space of Unicode', 'a\u00a0b', ['a', '\u00a0', 'b']],
  ])('takes apart %s', (_, sql, texts) => {
    expect(textsOf(sql)).toEqual(texts);
  });

  it.each(ORDINARY_SQL)("agrees with PostgreSQL's own lexer: %s", (sql) => {
    const expected = postgresTokens(sql);
    if (expected !== undefined) expect(codeOf(sql)).toEqual(expected);
  });

  it("agrees with PostgreSQL's own lexer on texts made of random pieces", () => {
    const random = new Random(20_250_101);
    let compared = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const sql = random.list(1 + random.below(6), () => random.pick(FRAGMENTS)).join('');
      const expected = postgresTokens(sql);
      if (expected === undefined) continue;
      expect(codeOf(sql), JSON.stringify(sql)).toEqual(expected);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(5_000);
  });

  it('covers any text without gap or overlap, whatever it holds', () => {
    const random = new Random(7);
    for (let round = 0; round < 20_000; round += 1) {
      const sql = random.list(random.below(12), () => random.pick(FRAGMENTS)).join(random.pick(['', ' ']));
      const texts = textsOf(sql);
      expect(texts.join('')).toBe(sql);
      expect(texts).not.toContain('');
    }
  });
});

function textsOf(sql: string): readonly string[] {
  return tokenize(sql).map(({ start, end }) => sql.slice(start, end));
}

function codeOf(sql: string): readonly string[] {
  const kept = tokenize(sql).filter(({ kind }) => kind !== 'space');
  return kept.map(({ start, end }) => sql.slice(start, end));
}

/**
 * Undefined where PostgreSQL refuses the text, and where a comment stands between strings that the newline joins:
 * libpg-query keeps comments as tokens and so does not join those, while PostgreSQL and DuckDB do. Its offsets are
 * of bytes.
 */
function postgresTokens(sql: string): readonly string[] | undefined {
  if (/'\s*--.*\n(\s|--.*\n)*'/.test(sql)) return undefined;
  const bytes = Buffer.from(sql);
  try {
    return scanSync(sql).tokens.map(({ start, end }) => bytes.subarray(start, end).toString());
  } catch {
    return undefined;
  }
}
