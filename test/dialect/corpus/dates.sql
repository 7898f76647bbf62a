SELECT date '2024-02-29', '2024-02-29'::date + 1, '2024-03-01'::date - '2024-02-28'::date
SELECT '2024-01-31'::date + interval '1 month'
SELECT '2024-01-15 10:30:00'::timestamp
SELECT '2024-01-15 10:30:00.123456'::timestamp
SELECT '2024-01-15 10:30:00+02'::timestamptz
SELECT timestamp '2024-01-15 10:30:00' AT TIME ZONE 'UTC'
SELECT timestamptz '2024-01-15 10:30:00+00' AT TIME ZONE 'America/New_York'
SELECT '10:30:00'::time, '10:30'::time + interval '1 hour'
SELECT interval '1 day', interval '1 year 2 months 3 days 04:05:06'
SELECT interval '1 hour', interval '90 minutes', interval '36 hours'
SELECT interval '1' year, interval '2' month, interval '3' day
SELECT interval '1-2', interval '3 4:05:06'
SELECT interval '1 day' * 2, interval '1 day' / 2, -interval '1 day'
SELECT interval '1 month' + interval '1 day'
SELECT interval '1 day' > interval '1 hour'
SELECT extract(year from date '2024-02-29'), extract(month from date '2024-02-29'), extract(day from date '2024-02-29')
SELECT extract(hour from timestamp '2024-01-15 10:30:45'), extract(minute from timestamp '2024-01-15 10:30:45'), extract(second from timestamp '2024-01-15 10:30:45.5')
SELECT extract(dow from date '2024-02-25'), extract(isodow from date '2024-02-25'), extract(doy from date '2024-02-25')
SELECT extract(week from date '2024-02-25'), extract(quarter from date '2024-02-25'), extract(century from date '2024-02-25'), extract(decade from date '2024-02-25')
SELECT extract(epoch from timestamp '1970-01-02 00:00:00'), extract(epoch from interval '1 day')
SELECT extract(milliseconds from time '10:30:45.5'), extract(microseconds from time '10:30:45.5')
SELECT date_part('year', timestamp '2024-01-15'), date_part('day', interval '3 days')
SELECT date_trunc('month', timestamp '2024-02-29 10:30:00'), date_trunc('hour', timestamp '2024-02-29 10:30:00')
SELECT date_trunc('week', timestamp '2024-02-29 10:30:00'), date_trunc('quarter', timestamp '2024-02-29'), date_trunc('year', timestamp '2024-02-29')
SELECT date_trunc('month', date '2024-02-29')
SELECT date_trunc('day', interval '1 day 5 hours')
SELECT age(timestamp '2024-03-01', timestamp '2023-01-15')
SELECT age(date '2024-03-01', date '2024-02-01')
SELECT timestamp '2024-03-01' - timestamp '2024-02-28 12:00'
SELECT timestamp '2024-03-01' + interval '1 day 2 hours'
SELECT to_char(timestamp '2024-02-09 13:05:07.123', 'YYYY-MM-DD HH24:MI:SS')
SELECT to_char(timestamp '2024-02-09 13:05:07.123', 'YYYY-MM-DD HH12:MI:SS AM')
SELECT to_char(timestamp '2024-02-09 13:05:07.123456', 'MS US')
SELECT to_char(date '2024-02-09', 'Mon DD, YYYY'), to_char(date '2024-02-09', 'FMMonth FMDD')
SELECT to_char(date '2024-02-09', 'Day, Month') || '|'
SELECT to_char(date '2024-02-09', 'DY dy Dy MON mon')
SELECT to_char(date '2024-02-09', 'D DDD Q WW IW IYYY YY')
SELECT to_char(date '2024-02-09', '"Year:" YYYY')
SELECT to_char(interval '25 hours 3 minutes', 'HH24:MI')
SELECT to_date('2024-02-09', 'YYYY-MM-DD'), to_date('09/02/2024', 'DD/MM/YYYY'), to_date('09 Feb 2024', 'DD Mon YYYY')
SELECT to_timestamp('2024-02-09 13:05', 'YYYY-MM-DD HH24:MI')
SELECT to_timestamp(0)
SELECT make_date(2024, 2, 29), make_time(10, 30, 15.5), make_timestamp(2024, 2, 29, 10, 30, 0)
SELECT make_interval(days => 3), make_interval(hours => 5)
SELECT justify_days(interval '35 days'), justify_hours(interval '27 hours')
SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', date '2024-03-01')
SELECT date '2024-01-01' < date '2024-01-02', date '2024-01-01' = timestamp '2024-01-01 00:00:00'
SELECT generate_series(date '2024-01-01', date '2024-01-03', interval '1 day')
SELECT * FROM generate_series(timestamp '2024-01-01', timestamp '2024-01-02', interval '12 hours')
SELECT d::date FROM generate_series('2024-01-01'::date, '2024-01-03', '1 day') d
SELECT 'infinity'::date, '-infinity'::timestamp
SELECT '0044-03-15 BC'::date
SELECT isfinite(date '2024-01-01')
SELECT date '2024-02-30'
SELECT current_date = now()::date
SELECT now() = current_timestamp
SELECT pg_typeof(now())
SELECT date_bin('15 minutes', timestamp '2024-01-01 10:37', timestamp '2024-01-01')
SELECT '2024-01-15'::date::text, '2024-01-15 10:00'::timestamp::text, true::text
SELECT extract(epoch from timestamptz '2024-01-01 00:00:00+00')::int8
SELECT timezone('UTC', timestamptz '2024-01-15 10:30:00+00')
SELECT date '2024-01-15' + time '10:30'
SELECT '2024-01-15'::timestamp::date, '2024-01-15 23:59'::timestamp::time
SELECT interval '1 day' = interval '24 hours'
SELECT sum(x) FROM (VALUES (interval '1 hour'), (interval '30 minutes')) t(x)
SELECT min(d), max(d) FROM (VALUES (date '2024-01-01'), (date '2024-02-01')) t(d)
SELECT now() - now()
SELECT clock_timestamp() >= now()
