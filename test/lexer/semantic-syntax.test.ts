import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import { KEYWORDS, OPERATORS, symbol } from './operator-set.ts';
import { ORDINARY_SQL } from './ordinary-sql.ts';
import { openParsers, type Parsers } from './parsers.ts';
import { Random } from './random.ts';
import { randomStatement } from './random-statement.ts';

/** What is to become an operator stands in guillemets. */
const STATEMENTS = [
  `SELECT * FROM t WHERE a «MEANS» 'x'`,
  `SELECT * FROM t WHERE a «means» 'x' AND NOT b «Means» $1`,
  `SELECT a «NOT MEANS» 'x' FROM t`,
  `SELECT NOT a «NOT MEANS» 'x' FROM t`,
  `SELECT a «NOT\n/* really */ MEANS» 'x' FROM t`,
  `SELECT a «RELEVANCE -- how much\n TO» 'x' FROM t`,
  `SELECT a «ALIGNS WITH» b FROM t WHERE a «ALIGNS WITH» data`,
  `SELECT a «SAME_AS» b, a «ABOUT» 'x' FROM t`,
  `SELECT a «MEANS» 'x' means FROM t`,
  `SELECT a «MEANS» 'x' AS means, b about FROM t means`,
  `SELECT means «MEANS» means FROM means`,
  `SELECT means.means «MEANS» about.about FROM means, about`,
  `SELECT "means" «MEANS» "about" FROM t`,
  `SELECT (a) «MEANS» (b), f(a) «MEANS» f(b) FROM t`,
  `SELECT a || b «MEANS» 'x' || c, a + 1 «ABOUT» -1 FROM t`,
  `SELECT a[1] «MEANS» 'x', ARRAY['a'][1] «MEANS» 'x', (a).b «MEANS» 'x' FROM t`,
  `SELECT a::text «MEANS» b::text, CAST(a AS text) «MEANS» 'x' FROM t`,
  `SELECT a::double precision «MEANS» 'x', a::timestamp with time zone «MEANS» 'x' FROM t`,
  `SELECT CASE WHEN a «MEANS» 'x' THEN b ELSE c END «MEANS» 'y' FROM t`,
  `SELECT NULL «MEANS» 'x', 'x' «MEANS» NULL, TRUE «MEANS» 'x', current_date «MEANS» 'x'`,
  `SELECT $1 «MEANS» $2, 1 «MEANS» 2, 1.5 «MEANS» 'x'`,
  `SELECT E'it\\'s' «MEANS» $$means$$, 'a means b' «MEANS» $q$a means 'b'$q$`,
  `SELECT a «MEANS» CASE WHEN b THEN 'x' END, a «MEANS» ARRAY['x'], a «MEANS» left(b, 2) FROM t`,
  `SELECT a «MEANS» (SELECT means FROM means), (SELECT a) «MEANS» 'x' FROM t`,
  `SELECT a COLLATE "C" «MEANS» 'x', a AT TIME ZONE b «MEANS» 'x' FROM t`,
  `SELECT a IS DISTINCT FROM b «MEANS» 'x', a IS NOT DISTINCT FROM b «MEANS» 'x' FROM t`,
  `SELECT a BETWEEN b «MEANS» 'x' AND c, a IN (b «MEANS» 'x', c) FROM t`,
  `SELECT substring(a «ABOUT» 'x' FROM 2), extract(year FROM a «ABOUT» 'x') FROM t`,
  `SELECT f(a «MEANS» 'x', about => b «ABOUT» 'x', means := 1)`,
  `SELECT count(*) FILTER (WHERE a «MEANS» 'x') means FROM t`,
  `SELECT sum(a «ABOUT» 'x') OVER (PARTITION BY b «MEANS» 'x' ORDER BY a «ABOUT» 'x' DESC) FROM t`,
  `SELECT a FROM t GROUP BY a «MEANS» 'x' HAVING max(a) «MEANS» 'y'`,
  `SELECT a FROM t ORDER BY a «RELEVANCE TO» 'x' DESC, means DESC LIMIT 5`,
  `SELECT a FROM t JOIN u ON t.a «MEANS» u.b, v means (x, about) WHERE x «MEANS» 'y'`,
  `SELECT a FROM t means LEFT JOIN u about ON means.a «MEANS» about.b AND about.c «ABOUT» 'x' > 0`,
  `SELECT a FROM (SELECT a «MEANS» 'x' means FROM t means) about WHERE means`,
  `SELECT a FROM f(a «MEANS» 'x') means (b, c)`,
  `SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u means WHERE means.a «MEANS» t.a)`,
  `SELECT DISTINCT ON (a «MEANS» 'x') a «ABOUT» 'x' FROM t`,
  `SELECT a «MEANS» 'x' UNION SELECT b «MEANS» 'y' ORDER BY 1`,
  `(SELECT a «MEANS» 'x') INTERSECT (SELECT b means)`,
  `VALUES ('a' «MEANS» 'b'), ('c' «ABOUT» 'd')`,
  `WITH means (about) AS (SELECT a «MEANS» 'x' FROM t) SELECT about «ABOUT» 'y' FROM means`,
  `WITH RECURSIVE means (n) AS (SELECT 1 UNION ALL SELECT n FROM means WHERE n «MEANS» 'x') SELECT n FROM means`,
  `INSERT INTO means (about) VALUES ('a' «MEANS» 'b')`,
  `INSERT INTO t (means) SELECT a «ABOUT» 'x' FROM u means RETURNING means «MEANS» 'x'`,
  `INSERT INTO t AS about VALUES (1) ON CONFLICT (id) DO UPDATE SET a = excluded.a «MEANS» 'x' WHERE about.b «MEANS» 'y'`,
  `UPDATE means SET about = about «MEANS» 'x', means = 2 WHERE about «MEANS» 'y' RETURNING means about`,
  `UPDATE t means SET a = u.b «ABOUT» 'x' FROM u WHERE u.a «MEANS» means.a`,
  `DELETE FROM t means USING u about WHERE means.a «MEANS» about.b`,
  `MERGE INTO t means USING u about ON means.a «MEANS» about.b WHEN MATCHED AND means.c «MEANS» 'x' THEN UPDATE SET means = about.c «ABOUT» 'y' WHEN NOT MATCHED THEN INSERT (means) VALUES (about.c «ABOUT» 'z')`,
  `CREATE TABLE means AS SELECT a «MEANS» 'x' about FROM t`,
  `CREATE TABLE t (means text DEFAULT 'x' «MEANS» 'y', about text CHECK (about «MEANS» 'x'), c means NOT NULL)`,
  `CREATE VIEW means (about) AS SELECT a «MEANS» 'x' FROM t`,
  `CREATE INDEX means ON t ((a «MEANS» 'x') DESC, about means) WHERE a «MEANS» 'y'`,
  `ALTER TABLE t ALTER means TYPE bool USING means «MEANS» 'x'`,
  `CREATE FUNCTION f(means text) RETURNS bool LANGUAGE sql RETURN means «MEANS» 'x'`,
  `PREPARE means AS SELECT $1 «MEANS» $2`,
  `EXECUTE means('a' «MEANS» 'b')`,
  `DECLARE means CURSOR FOR SELECT a «MEANS» 'x' FROM t`,
  `EXPLAIN (ANALYZE) SELECT a «MEANS» 'x' FROM t`,
  `EXPLAIN ANALYZE UPDATE means SET a = b «MEANS» 'x'`,
  `COPY (SELECT a «MEANS» 'x' FROM t) TO 'x.csv'`,
  `SELECT 1; SELECT a «MEANS» 'x' FROM t; UPDATE means SET a = b «ABOUT» 'c'`,
  // DuckDB's own.
  `FROM t means SELECT a «MEANS» 'x', b means`,
  `FROM t WHERE a «MEANS» 'x'`,
  `SELECT means: a «MEANS» 'x' FROM t`,
  `SELECT list_filter(l, x -> x «MEANS» 'y'), list_filter(l, lambda means: means «MEANS» 'y') FROM t`,
  `SELECT [x «MEANS» 'y' for x in l if x «ABOUT» 'z' > 1], {'a': b «MEANS» 'c'} FROM t`,
  `SELECT a «MEANS» MAP {'x': 1}['x'], a «MEANS» ['x'][1], a «MEANS» {'x': 'y'}.x FROM t`,
  `SELECT a FROM t QUALIFY rank() OVER (ORDER BY a «ABOUT» 'x') = 1`,
  `SELECT * REPLACE (a «MEANS» 'x' AS means) FROM t`,
  `PIVOT t means ON a «MEANS» 'x' USING max(b «ABOUT» 'c') GROUP BY means`,
  `CREATE MACRO means(a, about) AS a «MEANS» about`,
  `CREATE MACRO m(x) AS TABLE SELECT a «MEANS» x FROM t means`,
  `SET VARIABLE means = 'a' «MEANS» 'b'`,
  `SELECT ? «MEANS» ?`,
];

describe('rewriteSemanticSyntax', () => {
  let parsers: Parsers;
  beforeAll(async () => {
    parsers = await openParsers();
  });
  afterAll(() => parsers.close());

  it.each(STATEMENTS)('puts a symbol for the keywords in guillemets, and only for them: %s', (marked) => {
    const { source, expected, keywords } = unmarked(marked);
    const rewritten = rewriteSemanticSyntax(source, OPERATORS);
    expect(rewritten.sql).toBe(expected);
    expect(rewritten.keywords).toEqual(keywords);
  });

  it.each(STATEMENTS)('gives text that PostgreSQL or DuckDB parses: %s', async (marked) => {
    const { expected } = unmarked(marked);
    expect(parsers.postgresParses(expected) || (await parsers.duckdbParses(expected))).toBe(true);
  });

  it.each(KEYWORDS)('uses a symbol that PostgreSQL and DuckDB both parse: %s', async (keyword) => {
    const sql = `SELECT NOT a || 'b' ${symbol(keyword)} $1 AND c ${symbol(keyword)} -1 = true FROM t`;
    expect(parsers.postgresParses(sql)).toBe(true);
    expect(await parsers.duckdbParses(sql)).toBe(true);
  });

  it('keeps the symbol apart from what stands close to the keyword', () => {
    const rewritten = rewriteSemanticSyntax(`SELECT (a)MEANS'x', b/**/MEANS-1, c MEANS--\n2`, OPERATORS).sql;
    const means = symbol('MEANS');
    expect(rewritten).toBe(`SELECT (a) ${means} 'x', b/**/ ${means} -1, c ${means} --\n2`);
    expect(parsers.postgresParses(rewritten)).toBe(true);
  });

  it('rewrites a name and an operator in one pass', () => {
    const sql = `SELECT id, desc, desc MEANS 'eco' AS eco FROM products WHERE desc MEANS desc ORDER BY desc MEANS 'x' desc, desc DESC`;
    const means = symbol('MEANS');
    expect(rewriteSemanticSyntax(sql, OPERATORS).sql).toBe(
      `SELECT id, "desc", "desc" ${means} 'eco' AS eco FROM products WHERE "desc" ${means} "desc" ORDER BY "desc" ${means} 'x' desc, "desc" DESC`,
    );
  });

  it('needs no rewriting for a call of the function by its name', () => {
    const sql = `SELECT semantic_matches(text, 'x') FROM t`;
    expect(rewriteSemanticSyntax(sql, OPERATORS).sql).toBe(sql);
  });

  it('changes nothing where the set holds no operator', () => {
    const none = { ...OPERATORS, patterns: new Map() };
    const sql = `SELECT a MEANS 'x' FROM t`;
    expect(rewriteSemanticSyntax(sql, none).sql).toBe(sql);
  });

  it('does not take a word for a keyword whose letters only look alike in upper case', () => {
    const sql = `SELECT a meanſ 'x' FROM t`;
    expect(rewriteSemanticSyntax(sql, OPERATORS).sql).toBe(sql);
  });

  it('changes nothing in text whose lexemes do not end', () => {
    for (const sql of [
      `SELECT 'a means b`,
      `SELECT a /* means 'x'`,
      `SELECT $$ a means 'x'`,
      `"a means 'x'`,
    ]) {
      expect(rewriteSemanticSyntax(sql, OPERATORS).sql).toBe(sql);
    }
  });

  it('leads every offset of the rewritten text back to the text that was sent', () => {
    const sql = `SELECT desc, a NOT MEANS 'x', missing FROM t`;
    const { sql: rewritten, map } = rewriteSemanticSyntax(sql, OPERATORS);
    for (const word of ['SELECT', ', a', `'x'`, 'missing', 'FROM t']) {
      expect(map.toSource(rewritten.indexOf(word))).toBe(sql.indexOf(word));
    }
    expect(map.toSource(rewritten.indexOf(symbol('NOT MEANS')) + 3)).toBe(sql.indexOf('NOT MEANS'));
    expect(map.toSource(rewritten.length)).toBe(sql.length);
  });

  it('tells operators from names in random statements in which the generator knows which is which', () => {
    const random = new Random(42);
    for (let round = 0; round < 3_000; round += 1) {
      const { source, expected } = unmarked(randomStatement(random));
      expect(rewriteSemanticSyntax(source, OPERATORS).sql).toBe(expected);
      expect(parsers.postgresParses(expected), expected).toBe(true);
    }
  });

  it('gives the very same string back where no keyword and no reserved name is in it', () => {
    const random = new Random(43);
    for (let round = 0; round < 2_000; round += 1) {
      const sql = random
        .list(1 + random.below(4), () => random.pick(ORDINARY_SQL))
        .join(random.pick(['; ', ';\n', ' ']))
        .replaceAll(/means|about|same_as|relevance|aligns|desc|asc/gi, 'x');
      expect(rewriteSemanticSyntax(sql, OPERATORS).sql).toBe(sql);
    }
  });
});

function unmarked(marked: string): { source: string; expected: string; keywords: readonly string[] } {
  const keywords = new Set<string>();
  const expected = marked.replaceAll(/«([^»]*)»/g, (_, words: string) => {
    const keyword = normalized(words);
    keywords.add(keyword);
    return symbol(keyword);
  });
  return { source: marked.replaceAll(/[«»]/g, ''), expected, keywords: [...keywords] };
}

function normalized(words: string): string {
  return words
    .replaceAll(/--.*\n|\/\*.*?\*\//g, ' ')
    .trim()
    .split(/\s+/)
    .join(' ')
    .toUpperCase();
}
