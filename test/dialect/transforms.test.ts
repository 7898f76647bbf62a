import { beforeAll, describe, expect, test } from 'vitest';
import { createTranslator } from '../../src/server/dialect/translate.ts';
import type { Translator } from '../../src/server/dialect/translated.ts';

/** By transform: what a statement becomes, with what must run before it. */
const TABLE: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  'catalog-names': [
    ['SELECT relname FROM pg_catalog.pg_class', 'SELECT relname FROM rvbbit_catalog.pg.pg_class'],
    ['SELECT table_name FROM information_schema.tables', 'SELECT table_name FROM rvbbit_catalog.info.tables'],
    [
      'WITH pg_class AS (SELECT 1 AS a) SELECT a FROM pg_class',
      'WITH pg_class AS (SELECT 1 AS a) SELECT a FROM pg_class',
    ],
    ['SELECT a FROM public.t', 'SELECT a FROM main.t'],
  ],
  'system-columns': [
    ['SELECT c.tableoid FROM pg_class c', 'SELECT 1259 FROM rvbbit_catalog.pg.pg_class AS c'],
    ['SELECT t.xmin FROM t', 'SELECT 1::int8 FROM t'],
  ],
  'column-qualifiers': [
    [
      'SELECT pg_catalog.pg_am.amname FROM pg_catalog.pg_am',
      'SELECT pg_am.amname FROM rvbbit_catalog.pg.pg_am',
    ],
    ['SELECT public.t.a FROM public.t', 'SELECT main.t.a FROM main.t'],
  ],
  vectors: [
    [
      'SELECT indkey[0], i.indkey[1] FROM pg_index i',
      'SELECT (indkey)[1], (i.indkey)[2] FROM rvbbit_catalog.pg.pg_index AS i',
    ],
    [
      'SELECT generate_subscripts(indkey, 1) FROM pg_index',
      'SELECT generate_subscripts(indkey, 1) - 1 FROM rvbbit_catalog.pg.pg_index',
    ],
  ],
  'format-function': [
    [
      "SELECT format('%s is %L, %I%%', a, b, c)",
      "SELECT ((((((COALESCE(a::text, '')) || ' is ') || rvbbit_catalog.pg.quote_nullable(b::text)) || ', ') || rvbbit_catalog.pg.quote_ident(c::text)) || '%') || ''",
    ],
  ],
  'date-formats': [
    [
      "SELECT to_char(a, 'YYYY-MM-DD')",
      "SELECT (((strftime(a, '%Y') || '-') || strftime(a, '%m')) || '-') || strftime(a, '%d')",
    ],
    ["SELECT to_date('02/2024', 'MM/YYYY')", "SELECT (strptime('02/2024'::text, '%m/%Y'))::date"],
  ],
  'number-format': [
    [
      "SELECT to_char(a, 'FM999,990.00')",
      "SELECT rvbbit_catalog.pg._format_number(a, 1, 2, 0, true, '', 0, 6)",
    ],
  ],
  'regular-expressions': [
    [
      "SELECT regexp_match(a, '(x)(y)')",
      "SELECT rvbbit_catalog.pg._when(regexp_matches(a, '(x)(y)'), ARRAY[regexp_extract(a, '(x)(y)', 1), regexp_extract(a, '(x)(y)', 2)])",
    ],
    [
      "SELECT substring(a from 'x.')",
      "SELECT rvbbit_catalog.pg._when(regexp_matches(a, 'x.'), regexp_extract(a, 'x.', 0))",
    ],
  ],
  'text-functions': [
    ['SELECT substr(a, -1, 3), lpad(a, 3)', "SELECT rvbbit_catalog.pg._part(a, -1, 3), lpad(a, 3, ' ')"],
    ["SELECT overlay(a placing 'x' from 2)", "SELECT rvbbit_catalog.pg._overlay(a, 'x', 2)"],
  ],
  'time-parts': [
    [
      'SELECT extract(year from a), extract(second from a)',
      "SELECT date_part('year', a), rvbbit_catalog.pg._seconds(a)",
    ],
    ["SELECT interval '1' year, interval '1-2'", "SELECT '1 year'::interval, '1 years 2 months'::interval"],
    ["SELECT interval '1 day' / 2", 'SELECT system.main."/"(\'1 day\'::interval, 2)'],
  ],
  'json-functions': [
    ['SELECT json_agg(a ORDER BY b)', 'SELECT to_json(list(a ORDER BY b))'],
    ["SELECT json_extract_path_text(j, 'a', 'b')", "SELECT j::json ->> '/a/b'"],
  ],
  'function-names': [
    ['SELECT pg_catalog.upper(a), char_length(a)', 'SELECT upper(a), length(a)'],
    ['SELECT pg_get_userbyid(10)', 'SELECT rvbbit_catalog.pg.pg_get_userbyid(10)'],
    ["SELECT nextval('public.s'::regclass)", "SELECT nextval('main.s')"],
  ],
  'session-values': [
    ['SELECT current_user, current_catalog', 'SELECT rvbbit_catalog.pg.current_user(), current_database()'],
  ],
  literals: [
    ["SELECT 'off'::bool, '\\x6162'::bytea", "SELECT false, unhex('6162')"],
    ['SELECT a BETWEEN SYMMETRIC 3 AND 1', 'SELECT a BETWEEN LEAST(3, 1) AND GREATEST(3, 1)'],
  ],
  casts: [
    ["SELECT 'pg_class'::regclass::oid", "SELECT rvbbit_catalog.pg._regclass_in('pg_class')"],
    [
      'SELECT oid::regclass::text FROM pg_class',
      'SELECT rvbbit_catalog.pg._regclass_out(rvbbit_catalog.pg._regclass_in(oid)) FROM rvbbit_catalog.pg.pg_class',
    ],
    [
      "SELECT a::varchar(3), 'x'::char(2)",
      'SELECT "left"(a::text, 3), rpad("left"(\'x\'::text, 2), 2, \' \')',
    ],
    [
      "SELECT '{1,2}'::int[], '{{1},{2}}'::int[]",
      "SELECT CAST(ARRAY['1', '2'] AS int[]), CAST(ARRAY[ARRAY['1'], ARRAY['2']] AS int[][])",
    ],
  ],
  'type-names': [
    [
      'SELECT a::jsonb, a::json, a::name, a::oid, a::money, a::inet, a::citext',
      'SELECT a::json, a::json, a::text, a::int8, CAST(a AS numeric(19, 2)), a::text, a::text',
    ],
    ['SELECT a::numeric, a::timestamp(3)', 'SELECT CAST(a AS numeric(38, 9)), a::timestamp'],
  ],
  'array-comparisons': [["SELECT a = ANY ('{1,2}')", 'SELECT a = ANY (ARRAY[1, 2])']],
  'json-operators': [
    [
      "SELECT j #> '{a,b}', j #>> '{a}', j @> '{\"a\":1}', j ? 'k'",
      "SELECT j -> '/a/b', j ->> '/a', json_contains(j, '{\"a\":1}'), list_contains(json_keys(j), 'k')",
    ],
  ],
  operators: [
    ['SELECT 5 # 3', 'SELECT xor(5, 3)'],
    ['SELECT ARRAY[1] || 2', 'SELECT ARRAY[1] || ARRAY[2]'],
  ],
  'similar-to': [["SELECT a SIMILAR TO '%(b|d)_'", "SELECT regexp_full_match(a, '.*(b|d).')"]],
  'pattern-operators': [
    [
      "SELECT a ~ 'x', a ~* 'x', a !~ 'x'",
      "SELECT regexp_matches(a, 'x'), regexp_matches(a, 'x', 'i'), NOT (regexp_matches(a, 'x'))",
    ],
    ["SELECT a OPERATOR(pg_catalog.~) 'x'", "SELECT regexp_matches(a, 'x')"],
    [
      "SELECT a LIKE b, a LIKE 'x\\_y', a LIKE 'x#_' ESCAPE '#'",
      "SELECT like_escape(a, b, E'\\\\'), like_escape(a, E'x\\\\_y', E'\\\\'), like_escape(a, 'x#_', '#')",
    ],
    ["SELECT a ILIKE ANY (ARRAY['x'])", "SELECT rvbbit_catalog.pg._ilike_any(a, ARRAY['x'])"],
  ],
  division: [
    [
      'SELECT a / b, a % b, a / 2',
      'SELECT a / rvbbit_catalog.pg._divisor(b), a % rvbbit_catalog.pg._divisor(b), a / 2',
    ],
  ],
  collations: [
    [
      'SELECT a COLLATE "C", a COLLATE pg_catalog."default", a COLLATE "de-x-icu"',
      'SELECT a, a, a COLLATE de',
    ],
  ],
  'functions-in-from': [
    ['SELECT g FROM generate_series(1, 3) g', 'SELECT g FROM generate_series(1, 3) AS g(g)'],
    ['SELECT * FROM current_database() AS d', 'SELECT * FROM ( SELECT current_database() ) AS d(d)'],
    [
      "SELECT * FROM json_array_elements('[1]') WITH ORDINALITY",
      "SELECT * FROM ( SELECT rvbbit_catalog.pg.json_array_elements('[1]'), row_number() OVER () ) AS json_array_elements(value, ordinality)",
    ],
  ],
  'sets-in-select': [
    ['SELECT generate_series(1, 3)', 'SELECT unnest(generate_series(1, 3)) AS generate_series'],
  ],
  'group-by-alias': [
    [
      'SELECT t.a AS t, count(*) FROM x AS t GROUP BY t',
      'SELECT t.a AS t, count(*) FROM x AS t GROUP BY t.a',
    ],
  ],
  'conflict-targets': [
    [
      'INSERT INTO t (a) VALUES (1) ON CONFLICT ON CONSTRAINT t_a_key DO NOTHING',
      'INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO NOTHING',
    ],
  ],
  locking: [['SELECT a FROM t FOR UPDATE', 'SELECT a FROM t']],
  'table-statements': [
    ['CREATE TABLE n (LIKE t)', 'CREATE TABLE n AS SELECT * FROM t LIMIT 0'],
    ['SELECT a INTO n FROM t', 'CREATE TABLE n AS SELECT a FROM t'],
    ['TRUNCATE t RESTART IDENTITY CASCADE', 'TRUNCATE t'],
  ],
  'serial-columns': [
    [
      'CREATE TABLE t (id serial PRIMARY KEY, a text)',
      'CREATE SEQUENCE IF NOT EXISTS t_id_seq MAXVALUE 2147483647',
      "CREATE TABLE t (id int4 PRIMARY KEY DEFAULT nextval('t_id_seq'), a text)",
    ],
    [
      'CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START WITH 10))',
      'CREATE SEQUENCE IF NOT EXISTS t_id_seq START 10 MAXVALUE 2147483647',
      "CREATE TABLE t (id int NOT NULL DEFAULT nextval('t_id_seq'))",
    ],
  ],
  'table-definitions': [
    ['CREATE INDEX CONCURRENTLY ON t USING btree (a DESC NULLS LAST)', 'CREATE INDEX t_a_idx ON t (a)'],
    [
      'CREATE TABLE t (a int REFERENCES o (id) DEFERRABLE) WITH (fillfactor = 70)',
      'CREATE TABLE t (a int REFERENCES o (id))',
    ],
  ],
  'inner-column-names': [
    [
      'SELECT count FROM (SELECT count(*) FROM t) s',
      'SELECT count FROM ( SELECT count(*) AS count FROM t ) AS s',
    ],
    [
      'CREATE VIEW v AS SELECT max(a), a::text FROM t',
      'CREATE VIEW v AS SELECT max(a) AS max, a::text AS a FROM t',
    ],
    ['SELECT count(*) FROM t ORDER BY count', 'SELECT count(*) AS count FROM t ORDER BY count'],
  ],
  'reserved-words': [['SELECT at, t.by FROM t', 'SELECT "at", t."by" FROM t']],
  'must-print': [
    ["SELECT U&'\\0041'", "SELECT 'A'"],
    ['CREATE TABLE Folded (Col int)', 'CREATE TABLE folded (col int)'],
  ],
};

let translator: Translator;
beforeAll(async () => {
  translator = await createTranslator();
});

for (const [transform, cases] of Object.entries(TABLE)) {
  describe(transform, () => {
    test.each(cases.map(([sql, ...made]) => ({ sql, made })))('$sql', ({ sql, made }) => {
      const translated = translator.translate(sql);
      expect([...translated.before, translated.sql]).toEqual(made);
    });
  });
}

describe('what stays as it is', () => {
  test.each([
    'SELECT a,b  FROM t WHERE id = $1',
    "SELECT description <~&|^~> 'eco-friendly' FROM products",
    'SELECT * EXCLUDE (a) FROM t',
    'FROM t SELECT a',
    'PIVOT t ON a USING sum(b)',
    'SELECT list_transform(l, lambda x: x + 1) FROM t',
    "SELECT * FROM read_parquet('a.parquet')",
    "INSERT INTO t VALUES (1, 'a')",
  ])('%s', (sql) => {
    const translated = translator.translate(sql);
    expect(translated.sql).toBe(sql);
    expect(translated.map.toSource(3)).toBe(3);
  });
});

describe('the columns that PostgreSQL would name', () => {
  test.each([
    ['SELECT 1, a, a + 1, count(*), a::int4, upper(a)', ['?column?', 'a', '?column?', 'count', 'a', 'upper']],
    [
      "SELECT 'x'::text, CASE WHEN a THEN 1 END, coalesce(a, b), ARRAY[1], EXISTS (SELECT 1)",
      ['text', 'case', 'coalesce', 'array', 'exists'],
    ],
    [
      'SELECT extract(year from d), current_date, (SELECT max(x) FROM t), nullif(a, b), ROW(1)',
      ['extract', 'current_date', 'max', 'nullif', 'row'],
    ],
    ['VALUES (1, 2)', ['column1', 'column2']],
    ['SELECT count(*) FROM t UNION SELECT 1', ['count']],
    ['DELETE FROM t RETURNING a, b + 1', ['a', '?column?']],
  ])('%s', (sql, names) => {
    expect(translator.translate(sql).columns?.map(({ name }) => name)).toEqual(names);
  });

  test('a star over the catalogue is spelled out, over a table it stays open', () => {
    expect(translator.translate('SELECT * FROM pg_am').columns?.map(({ name }) => name)).toEqual([
      'oid',
      'amname',
      'amhandler',
      'amtype',
    ]);
    expect(translator.translate('SELECT * FROM t').columns).toEqual([{ name: null, type: null, star: true }]);
  });
});

test('a place in the translated text leads back to the text that was given', () => {
  const sql = "SELECT relname, nope FROM pg_catalog.pg_class WHERE relname ~ 'x'";
  const { sql: made, map } = translator.translate(sql);
  expect(map.toSource(made.indexOf('nope'))).toBe(sql.indexOf('nope'));
  expect(map.toSource(made.indexOf('pg_class'))).toBe(sql.indexOf('pg_class'));
});
