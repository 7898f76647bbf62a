SELECT 5/2
SELECT -5/2
SELECT 5%3
SELECT -5%3
SELECT 5.0/2
SELECT 7/2.0
SELECT 2^10
SELECT 1/0
SELECT 1%0
SELECT 1.0/0
SELECT 1::float8/0
SELECT x/y FROM (VALUES (7,2),(9,3)) t(x,y)
SELECT x/y FROM (VALUES (7,0)) t(x,y)
SELECT 2147483647 + 1
SELECT 2147483647::int8 + 1
SELECT 9223372036854775807::int8 + 1
SELECT abs(-3), abs(3.5)
SELECT sign(-2.5), sign(0)
SELECT ceil(1.2), floor(-1.2), ceiling(-1.5)
SELECT round(2.5), round(3.5), round(-2.5)
SELECT round(1.005, 2), round(2.675, 2)
SELECT round(1234.567, -2)
SELECT trunc(1.29, 1), trunc(-1.9)
SELECT mod(10, 3), mod(-10, 3)
SELECT power(2, 3), sqrt(16)
SELECT exp(0), ln(1), log(100)
SELECT greatest(1, 5, 3), least(4, 2, 8)
SELECT greatest(1, NULL, 3)
SELECT 1::numeric, 1.5::numeric
SELECT 1.5555::numeric
SELECT 1::numeric(10,2)
SELECT 1.555::numeric(10,2)
SELECT 123456.789::numeric(12,1)
SELECT 0.1::numeric + 0.2::numeric
SELECT 10::numeric(5,2) * 2
SELECT 2.5::int4, 3.5::int4, -2.5::int4
SELECT '12'::int + 1
SELECT '1e3'::float8
SELECT 'NaN'::float8
SELECT 'Infinity'::float8, '-Infinity'::float8
SELECT 1e10::float8
SELECT 0.1::float8 + 0.2::float8
SELECT 5 & 3, 5 | 3, 5 # 3, ~5
SELECT 1 << 4, 16 >> 2
SELECT width_bucket(5, 0, 10, 5)
SELECT width_bucket(11, 0, 10, 5), width_bucket(-1, 0, 10, 5)
SELECT div(7, 2)
SELECT gcd(12, 18), lcm(4, 6)
SELECT factorial(5)
SELECT pi() > 3.14
SELECT degrees(0), radians(0)
SELECT count(*), sum(x), avg(x), min(x), max(x) FROM (VALUES (1),(2),(4)) t(x)
SELECT sum(x) FROM (VALUES (1.5),(2.5)) t(x)
SELECT avg(x)::numeric(10,2) FROM (VALUES (1),(2)) t(x)
SELECT stddev(x)::numeric(10,4), variance(x)::numeric(10,4) FROM (VALUES (1),(2),(4)) t(x)
SELECT sum(x) FROM (VALUES (1)) t(x) WHERE false
SELECT count(DISTINCT x) FROM (VALUES (1),(1),(2),(NULL)) t(x)
SELECT bool_and(x), bool_or(x), every(x) FROM (VALUES (true),(false)) t(x)
SELECT bit_and(x), bit_or(x) FROM (VALUES (6),(3)) t(x)
SELECT mode() WITHIN GROUP (ORDER BY x) FROM (VALUES (1),(2),(2)) t(x)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1),(2),(4),(5)) t(x)
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY x) FROM (VALUES (1),(2),(4)) t(x)
SELECT corr(x, x) FROM (VALUES (1.0),(2.0),(3.0)) t(x)
SELECT to_hex(255)
SELECT 'abc'::int
SELECT 3000000000::int4
SELECT 1 + NULL
SELECT sqrt(-1)
SELECT ln(0)
