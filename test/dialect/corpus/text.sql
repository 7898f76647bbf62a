SELECT 'a' || 'b' || 'c'
SELECT 'a' || 1
SELECT 'a' || NULL
SELECT concat('a', NULL, 'b', 1)
SELECT concat_ws('-', 'a', NULL, 'b')
SELECT length('héllo'), char_length('abc'), octet_length('é')
SELECT upper('abc'), lower('ABC'), initcap('hello world')
SELECT substr('hello', 2, 3), substr('hello', 2)
SELECT substr('hello', -1, 3)
SELECT substr('hello', 0, 3)
SELECT substring('hello' from 2 for 3)
SELECT substring('hello' from 2)
SELECT substring('foobar' from 'o.b')
SELECT substring('foobar' from 'o(.)b')
SELECT left('hello', 2), left('hello', -2)
SELECT right('hello', 2), right('hello', -2)
SELECT trim('  x  '), ltrim('  x'), rtrim('x  ')
SELECT trim(both 'x' from 'xxaxx'), trim(leading 'x' from 'xxa'), trim(trailing 'x' from 'axx')
SELECT btrim('xyaxy', 'xy')
SELECT lpad('7', 3, '0'), rpad('7', 3, '0')
SELECT lpad('hello', 3), rpad('a', 4) || '|'
SELECT replace('aaa', 'a', 'b')
SELECT translate('12345', '143', 'ax')
SELECT position('l' in 'hello'), strpos('hello', 'z')
SELECT repeat('ab', 3)
SELECT reverse('abc')
SELECT split_part('a,b,c', ',', 2), split_part('a,b,c', ',', 5)
SELECT split_part('a,b,c', ',', -1)
SELECT ascii('a'), chr(97)
SELECT md5('a')
SELECT overlay('Txxxxas' placing 'hom' from 2 for 4)
SELECT starts_with('alphabet', 'alph')
SELECT quote_ident('a b'), quote_ident('abc'), quote_ident('Abc'), quote_ident('select')
SELECT quote_literal('it''s'), quote_literal(NULL)
SELECT quote_nullable(NULL), quote_nullable('x')
SELECT quote_literal(E'a\\b')
SELECT format('%s and %s', 'a', 1)
SELECT format('%I = %L', 'a b', 'it''s')
SELECT format('%s%%', 5)
SELECT format('%2$s %1$s', 'a', 'b')
SELECT format('%10s|', 'x'), format('%-10s|', 'x')
SELECT format('hello')
SELECT E'a\nb', E'\x41', E'\u0041'
SELECT 'a\nb'
SELECT $$do'llar$$, $x$a$b$x$
SELECT U&'\0041'
SELECT 'abc' LIKE 'a%', 'abc' LIKE '_b_', 'abc' LIKE 'A%'
SELECT 'abc' ILIKE 'A%', 'abc' NOT ILIKE 'B%'
SELECT 'a%c' LIKE 'a\%c', 'abc' LIKE 'a\%c'
SELECT 'a_c' LIKE 'a#_c' ESCAPE '#'
SELECT 'abc' NOT LIKE 'x%'
SELECT 'a\c' LIKE 'a\\c'
SELECT 'abc' ~ 'b', 'abc' ~ '^b', 'abc' ~* 'B', 'abc' !~ 'b', 'abc' !~* 'Z'
SELECT 'abc' SIMILAR TO 'abc', 'abc' SIMILAR TO 'a', 'abc' SIMILAR TO '%(b|d)%', 'abc' NOT SIMILAR TO '_b_'
SELECT 'a.c' SIMILAR TO 'a.c', 'abc' SIMILAR TO 'a.c'
SELECT 'abc' LIKE ANY (ARRAY['x%', 'a%']), 'abc' ILIKE ANY (ARRAY['A%']), 'abc' LIKE ALL (ARRAY['a%', '%c'])
SELECT 'abc' NOT LIKE ALL (ARRAY['x%', 'y%'])
SELECT 'abc' ~ ANY (ARRAY['x', 'b'])
SELECT regexp_replace('foobarbaz', 'b..', 'X')
SELECT regexp_replace('foobarbaz', 'b..', 'X', 'g')
SELECT regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g')
SELECT regexp_replace('FOO', 'o', 'x', 'gi')
SELECT regexp_match('foobarbequebaz', '(bar)(beque)')
SELECT regexp_matches('foobarbequebaz', 'ba.', 'g')
SELECT regexp_split_to_array('a1b2c', '\d')
SELECT regexp_split_to_table('a b c', ' ')
SELECT regexp_count('banana', 'a')
SELECT regexp_substr('foobar', 'o.')
SELECT string_to_array('a,b,c', ','), string_to_array('a,b', NULL)
SELECT array_to_string(ARRAY['a', NULL, 'b'], ','), array_to_string(ARRAY['a', NULL], ',', '*')
SELECT string_agg(x, ',' ORDER BY x DESC) FROM (VALUES ('a'),('b'),('c')) t(x)
SELECT string_agg(DISTINCT x, ',' ORDER BY x) FROM (VALUES ('a'),('b'),('a')) t(x)
SELECT 'abc'::varchar(2), 'abc'::char(5) || '|', 'a'::char
SELECT cast('x' AS text), 'x'::name
SELECT 'a' < 'b', 'B' < 'a', 'a' = 'a '
SELECT 'abc' COLLATE "C" < 'abd'
SELECT encode('abc'::bytea, 'hex'), encode('abc'::bytea, 'base64')
SELECT decode('616263', 'hex')
SELECT '\x616263'::bytea
SELECT length('\x6162'::bytea)
SELECT nullif('a', 'a'), nullif('a', 'b'), coalesce(NULL, 'x')
SELECT 'it''s'
SELECT ''
SELECT to_char(1234.5, 'FM9999.00')
SELECT to_char(1234567, '9,999,999')
SELECT to_char(5, '000')
SELECT to_char(-5, '999')
SELECT to_char(0.5, '0.99')
SELECT to_char(1234.567, 'FM999,999.00')
SELECT to_number('1234.5', '9999.9')
SELECT parse_ident('a."B c"')
SELECT unistr('\0041')
SELECT string_to_table('a,b', ',')
SELECT concat_ws(',', VARIADIC ARRAY['a','b'])
SELECT bit_length('ab')
SELECT normalize('a')
