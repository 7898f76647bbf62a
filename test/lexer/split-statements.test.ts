import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../src/operators/lexer/split-statements.ts';
import { ORDINARY_SQL } from './ordinary-sql.ts';
import { Random } from './random.ts';

describe('splitStatements', () => {
  it('splits at semicolons and says where each statement begins', () => {
    expect(splitStatements(' SELECT 1 ;\n\tSELECT 2;')).toEqual([
      { text: 'SELECT 1', start: 1 },
      { text: 'SELECT 2', start: 13 },
    ]);
  });

  it.each(['', ' \n', ';', ' ; ;; ', '-- nothing', '/* nothing */ ; -- ;'])('finds nothing in %j', (sql) => {
    expect(splitStatements(sql)).toEqual([]);
  });

  it('drops the pieces that hold only comments', () => {
    expect(textsOf('SELECT 1; /* ; */ ; -- ;\n')).toEqual(['SELECT 1']);
  });

  it('keeps the comments in front of a statement with it', () => {
    expect(textsOf('-- @ model: x\nSELECT 1; /* b */ SELECT 2')).toEqual([
      '-- @ model: x\nSELECT 1',
      '/* b */ SELECT 2',
    ]);
  });

  it.each([
    [`SELECT ';', ";", $$;$$, $a$;$a$, E'\\';'`],
    [`SELECT 1 /* ; /* ; */ ; */`],
    [`SELECT (1; 2)`],
    [`SELECT 'a;`],
    [
      `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END`,
    ],
    [`CREATE RULE r AS ON INSERT TO t DO INSTEAD (INSERT INTO u VALUES (1); DELETE FROM v)`],
  ])('takes for one statement: %s', (sql) => {
    expect(textsOf(sql)).toEqual([sql]);
  });

  it('begins anew behind the end of an atomic body', () => {
    const body = 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END';
    expect(textsOf(`${body}; BEGIN; SELECT 1; END`)).toEqual([body, 'BEGIN', 'SELECT 1', 'END']);
  });

  it('gives joined statements back one by one, each at its place', () => {
    const random = new Random(11);
    const closed = ORDINARY_SQL.filter((each) => !/--[^\n]*$/.test(each));
    for (let round = 0; round < 500; round += 1) {
      const statements = random.list(1 + random.below(6), () => random.pick(closed));
      const sql = statements.join(random.pick([';', ' ;\n', ';;', '; -- x\n', ';/* ; */']));
      const split = splitStatements(sql);
      expect(split.map(({ text }) => text.replace(/^(?:-- x\n|\/\* ; \*\/)/, ''))).toEqual(statements);
      for (const { text, start } of split) expect(sql.slice(start, start + text.length)).toBe(text);
    }
  });
});

function textsOf(sql: string): readonly string[] {
  return splitStatements(sql).map(({ text }) => text);
}
