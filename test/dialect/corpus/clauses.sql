SELECT * FROM (VALUES (1,'a'),(2,'b')) t(x,y)
VALUES (1,'a'),(2,'b')
SELECT x FROM (VALUES (1),(NULL),(2)) t(x) ORDER BY x
SELECT x FROM (VALUES (1),(NULL),(2)) t(x) ORDER BY x DESC
SELECT x FROM (VALUES (1),(NULL),(2)) t(x) ORDER BY x NULLS FIRST
SELECT x FROM (VALUES (1),(NULL),(2)) t(x) ORDER BY x DESC NULLS LAST
SELECT x FROM (VALUES (3),(1),(2)) t(x) ORDER BY x LIMIT 2
SELECT x FROM (VALUES (3),(1),(2)) t(x) ORDER BY x LIMIT 1 OFFSET 1
SELECT x FROM (VALUES (3),(1),(2)) t(x) ORDER BY x FETCH FIRST 2 ROWS ONLY
SELECT x FROM (VALUES (3),(1),(2)) t(x) ORDER BY x OFFSET 1 ROWS FETCH NEXT 1 ROW ONLY
SELECT x FROM (VALUES (3),(1),(2)) t(x) ORDER BY x LIMIT ALL
SELECT x FROM (VALUES (3),(1),(1)) t(x) ORDER BY x FETCH FIRST 1 ROW WITH TIES
SELECT DISTINCT x FROM (VALUES (1),(1),(2)) t(x) ORDER BY x
SELECT DISTINCT ON (x) x, y FROM (VALUES (1,2),(1,1),(2,5)) t(x,y) ORDER BY x, y
SELECT x, count(*) FROM (VALUES (1),(1),(2)) t(x) GROUP BY x ORDER BY x
SELECT x AS k, count(*) FROM (VALUES (1),(1),(2)) t(x) GROUP BY k ORDER BY k
SELECT x, count(*) FROM (VALUES (1),(1),(2)) t(x) GROUP BY 1 HAVING count(*) > 1
SELECT count(*) FROM (VALUES (1),(1),(2)) t(x) ORDER BY count
SELECT x, sum(y) FROM (VALUES (1,1),(1,2),(2,3)) t(x,y) GROUP BY ROLLUP (x) ORDER BY x
SELECT x, y, sum(z) FROM (VALUES (1,1,5),(1,2,6)) t(x,y,z) GROUP BY CUBE (x, y) ORDER BY 1, 2, 3
SELECT x, sum(y), grouping(x) FROM (VALUES (1,1),(2,3)) t(x,y) GROUP BY GROUPING SETS ((x), ()) ORDER BY 1
SELECT count(*) FILTER (WHERE x > 1) FROM (VALUES (1),(2),(3)) t(x)
SELECT a.x, b.y FROM (VALUES (1),(2)) a(x) JOIN (VALUES (1,'q')) b(x,y) ON a.x = b.x
SELECT a.x, b.y FROM (VALUES (1),(2)) a(x) LEFT JOIN (VALUES (1,'q')) b(x,y) USING (x) ORDER BY 1
SELECT * FROM (VALUES (1),(2)) a(x) NATURAL JOIN (VALUES (1,'q')) b(x,y)
SELECT * FROM (VALUES (1)) a(x) FULL JOIN (VALUES (2)) b(y) ON a.x = b.y ORDER BY 1
SELECT * FROM (VALUES (1),(2)) a(x) CROSS JOIN (VALUES (3)) b(y) ORDER BY 1
SELECT a.x, l.s FROM (VALUES (1),(2)) a(x), LATERAL (SELECT a.x * 10 AS s) l ORDER BY 1
SELECT a.x, g FROM (VALUES (1),(2)) a(x) CROSS JOIN LATERAL generate_series(1, a.x) g ORDER BY 1, 2
SELECT a.x, l.s FROM (VALUES (1),(2)) a(x) LEFT JOIN LATERAL (SELECT a.x AS s WHERE a.x > 1) l ON true ORDER BY 1
WITH t AS (SELECT 1 AS a) SELECT * FROM t
WITH t(a) AS (VALUES (1),(2)) SELECT sum(a) FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t
WITH t AS MATERIALIZED (SELECT 1 AS a) SELECT a FROM t
WITH t AS (SELECT count(*) FROM (VALUES (1),(2)) v(x)) SELECT count FROM t
SELECT count FROM (SELECT count(*) FROM (VALUES (1),(2)) v(x)) s
SELECT max, min FROM (SELECT max(x), min(x) FROM (VALUES (1),(2)) v(x)) s
SELECT 1 UNION SELECT 1 UNION ALL SELECT 2 ORDER BY 1
SELECT 1 INTERSECT SELECT 1
SELECT 1 EXCEPT SELECT 2
(SELECT 1 LIMIT 1) UNION ALL (SELECT 2 LIMIT 1) ORDER BY 1
SELECT x FROM (VALUES (1),(2),(3)) t(x) WHERE x BETWEEN 2 AND 3 ORDER BY x
SELECT x FROM (VALUES (1),(2),(3)) t(x) WHERE x NOT BETWEEN SYMMETRIC 3 AND 2
SELECT x FROM (VALUES (1),(2),(3)) t(x) WHERE EXISTS (SELECT 1 FROM (VALUES (2)) u(y) WHERE y = x)
SELECT x FROM (VALUES (1),(2),(3)) t(x) WHERE x IN (SELECT y FROM (VALUES (2),(3)) u(y)) ORDER BY 1
SELECT x FROM (VALUES (1),(2),(3)) t(x) WHERE x > ALL (SELECT y FROM (VALUES (1),(2)) u(y))
SELECT x FROM (VALUES (1),(2),(3)) t(x) WHERE x = ANY (SELECT y FROM (VALUES (1)) u(y))
SELECT (SELECT max(x) FROM (VALUES (1),(2)) t(x))
SELECT CASE WHEN 1 > 2 THEN 'a' WHEN 2 > 1 THEN 'b' ELSE 'c' END
SELECT CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END
SELECT coalesce(NULL, NULL, 3), nullif(1, 2)
SELECT 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL
SELECT NULL = NULL, NULL IS NULL, 1 IS NOT NULL, NULL ISNULL
SELECT true AND NULL, false AND NULL, true OR NULL, NOT NULL::bool
SELECT true IS TRUE, NULL IS UNKNOWN, false IS NOT TRUE
SELECT 't'::bool, 'yes'::bool, 'off'::bool, '1'::bool, 0::bool
SELECT true::int, 1::bool::text
SELECT x, row_number() OVER (ORDER BY x DESC) FROM (VALUES (1),(2)) t(x) ORDER BY x
SELECT x, rank() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x) FROM (VALUES (1),(1),(2)) t(x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1),(2),(3)) t(x) ORDER BY x
SELECT x, lag(x) OVER w, lead(x, 1, 0) OVER w FROM (VALUES (1),(2),(3)) t(x) WINDOW w AS (ORDER BY x) ORDER BY x
SELECT x, first_value(x) OVER (ORDER BY x), last_value(x) OVER (ORDER BY x) FROM (VALUES (1),(2)) t(x) ORDER BY x
SELECT x, ntile(2) OVER (ORDER BY x), percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x) FROM (VALUES (1),(2)) t(x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES (1),(2),(4)) t(x) ORDER BY x
SELECT x, count(*) OVER (PARTITION BY x % 2) FROM (VALUES (1),(2),(3)) t(x) ORDER BY x
SELECT x, nth_value(x, 2) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES (1),(2)) t(x) ORDER BY x
SELECT generate_series(1, 3)
SELECT * FROM generate_series(1, 5, 2)
SELECT * FROM generate_series(3, 1, -1)
SELECT g * 2 FROM generate_series(1, 3) AS g
SELECT g.n FROM generate_series(1, 2) AS g(n)
SELECT x FROM (VALUES (1),(2)) t(x) FOR UPDATE
SELECT x FROM (VALUES (1),(2)) t(x) WHERE x = 1 FOR SHARE NOWAIT
SELECT 1 AS "Foo", 2 AS Foo
SELECT FOO FROM (SELECT 1 AS foo) t
SELECT "a b" FROM (SELECT 1 AS "a b") t
SELECT 1 AS "select", 2 AS "table"
SELECT t.* FROM (SELECT 1 AS a, 2 AS b) t
SELECT t.*, a + b AS c FROM (SELECT 1 AS a, 2 AS b) t
SELECT 1 OPERATOR(pg_catalog.+) 2
SELECT pg_catalog.upper('x')
SELECT pg_catalog.lower('X') AS l, pg_catalog.count(*) FROM (VALUES (1)) v
SELECT 'int4'::regtype, 23::regtype::text, 'pg_class'::regclass::oid
SELECT 'pg_class'::regclass, 1259::regclass
SELECT 'nope'::regclass
SELECT to_regclass('nope'), to_regtype('int8')
SELECT format_type(23, NULL), format_type(1043, 14), format_type(1007, -1), format_type(1700, 655366)
SELECT current_schema, current_schema(), current_user = session_user
SELECT current_schemas(true), current_schemas(false)
SELECT pg_typeof(1), pg_typeof('x'::text), pg_typeof(1.5), pg_typeof(true)
SELECT nspname FROM pg_namespace WHERE nspname IN ('public', 'pg_catalog', 'information_schema') ORDER BY 1
SELECT typname, typlen, typtype FROM pg_type WHERE oid IN (16, 20, 23, 25, 1043) ORDER BY oid
SELECT relname, relkind FROM pg_class WHERE relname IN ('pg_class', 'pg_type') ORDER BY 1
SELECT attname, atttypid FROM pg_attribute WHERE attrelid = 'pg_namespace'::regclass AND attnum > 0 ORDER BY attnum
SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'
SELECT table_name FROM information_schema.tables WHERE table_name = 'pg_class'
SELECT has_schema_privilege('public', 'usage'), pg_table_is_visible('pg_class'::regclass)
SELECT obj_description('pg_namespace'::regclass, 'pg_namespace')
SELECT pg_get_userbyid(10) = current_user
SELECT pg_encoding_to_char(6), pg_client_encoding()
SELECT pg_size_pretty(1024::bigint), pg_size_pretty(10485760::bigint), pg_size_pretty(123::bigint)
SELECT substring(version() from 1 for 10)
SELECT 'x' FROM pg_am WHERE amname = 'btree'
SELECT nope
SELECT * FROM nope
SELECT nope(1)
SELECT 1 +
SELECT x FROM (VALUES (1)) t(x) GROUP BY y
SELECT max(x) FROM (VALUES (1)) t(x) WHERE max(x) > 1
SELECT x, count(*) FROM (VALUES (1)) t(x)
SELECT (SELECT x FROM (VALUES (1),(2)) t(x))
SELECT 1 AS a UNION SELECT 1, 2
