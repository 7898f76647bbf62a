SELECT ARRAY[1,2,3], ARRAY['a','b'], ARRAY[]::int[]
SELECT '{1,2,3}'::int[], '{a,"b c",NULL}'::text[]
SELECT '{{1,2},{3,4}}'::int[]
SELECT (ARRAY[1,2,3])[1], (ARRAY[1,2,3])[5], (ARRAY[1,2,3])[0]
SELECT (ARRAY[1,2,3])[2:3], (ARRAY[1,2,3])[:2], (ARRAY[1,2,3])[2:]
SELECT array_length(ARRAY[1,2,3], 1), array_length(ARRAY[]::int[], 1), cardinality(ARRAY[1,2])
SELECT array_upper(ARRAY[1,2,3], 1), array_lower(ARRAY[1,2,3], 1), array_ndims(ARRAY[1])
SELECT array_append(ARRAY[1,2], 3), array_prepend(0, ARRAY[1,2]), array_cat(ARRAY[1], ARRAY[2])
SELECT ARRAY[1,2] || 3, ARRAY[1,2] || ARRAY[3,4], 0 || ARRAY[1]
SELECT array_remove(ARRAY[1,2,1], 1), array_replace(ARRAY[1,2,1], 1, 9)
SELECT array_position(ARRAY['a','b'], 'b'), array_positions(ARRAY[1,2,1], 1)
SELECT 1 = ANY(ARRAY[1,2]), 3 = ANY(ARRAY[1,2]), 1 <> ALL(ARRAY[2,3]), 3 > ALL(ARRAY[1,2])
SELECT 1 = ANY('{1,2}'), 1 = ANY('{1,2}'::int[])
SELECT 2 IN (1,2), 5 NOT IN (1,2), NULL IN (1,2), 1 IN (1,NULL)
SELECT ARRAY[1,2] @> ARRAY[1], ARRAY[1] <@ ARRAY[1,2], ARRAY[1,2] && ARRAY[2,3]
SELECT ARRAY[1,2] = ARRAY[1,2], ARRAY[1,2] < ARRAY[1,3]
SELECT unnest(ARRAY[1,2,3])
SELECT unnest(ARRAY[1,2]), unnest(ARRAY['a','b'])
SELECT * FROM unnest(ARRAY[1,2]) AS u
SELECT * FROM unnest(ARRAY['a','b']) WITH ORDINALITY AS u(x, n)
SELECT u FROM unnest(ARRAY[1,2]) u WHERE u > 1
SELECT array_agg(x ORDER BY x DESC) FROM (VALUES (1),(3),(2)) t(x)
SELECT array_agg(x) FROM (VALUES (1)) t(x) WHERE false
SELECT array_agg(DISTINCT x ORDER BY x) FROM (VALUES (1),(1),(2)) t(x)
SELECT ARRAY(SELECT x FROM (VALUES (2),(1)) t(x) ORDER BY x)
SELECT array_fill(7, ARRAY[3])
SELECT generate_subscripts(ARRAY['a','b'], 1)
SELECT array_to_json(ARRAY[1,2])
SELECT ARRAY[1,NULL,3]
SELECT ARRAY[true,false]
SELECT ARRAY['a b', 'c"d', '']
SELECT ARRAY[1.5, 2]
SELECT '{"a":1}'::json, '{"a": 1}'::jsonb
SELECT '{"a":{"b":2}}'::json -> 'a', '{"a":{"b":2}}'::json -> 'a' ->> 'b'
SELECT '[1,2,3]'::json -> 0, '[1,2,3]'::json ->> 2
SELECT '{"a":{"b":[1,2]}}'::json #> '{a,b}', '{"a":{"b":[1,2]}}'::json #>> '{a,b,1}'
SELECT '{"a":1,"b":2}'::jsonb @> '{"a":1}', '{"a":1}'::jsonb ? 'a', '{"a":1}'::jsonb ? 'z'
SELECT '{"a":1}'::jsonb ->> 'z'
SELECT '{"a":null}'::json ->> 'a', '{"a":null}'::json -> 'a'
SELECT json_array_length('[1,2,3]'), jsonb_array_length('[1]')
SELECT json_typeof('{"a":1}'), json_typeof('[1]'), json_typeof('1'), json_typeof('"x"'), json_typeof('true'), json_typeof('null')
SELECT json_build_object('a', 1, 'b', 'x')::jsonb
SELECT json_build_array(1, 'x', NULL)::jsonb
SELECT jsonb_build_object('a', 1)
SELECT to_json('x'::text), to_jsonb(1)
SELECT json_agg(x)::jsonb FROM (VALUES (1),(2)) t(x)
SELECT jsonb_agg(x ORDER BY x DESC) FROM (VALUES (1),(2)) t(x)
SELECT jsonb_object_agg(k, v) FROM (VALUES ('a',1),('b',2)) t(k,v)
SELECT * FROM json_each('{"a":1,"b":2}')
SELECT * FROM json_array_elements('[1,2]')
SELECT * FROM jsonb_array_elements_text('["a","b"]')
SELECT * FROM json_object_keys('{"a":1,"b":2}')
SELECT json_extract_path_text('{"a":{"b":"c"}}', 'a', 'b')
SELECT row_to_json(t) FROM (SELECT 1 AS a, 'x' AS b) t
SELECT jsonb '{"a":1}' || '{"b":2}'
SELECT '{"a":1,"b":2}'::jsonb - 'a'
SELECT jsonb_set('{"a":1}', '{a}', '2')
SELECT '{"a":1}'::jsonb = '{"a":1}'::jsonb
SELECT jsonb_pretty('{"a":1}')
SELECT ROW(1, 'a'), (1, 2) = (1, 2), (1, 2) < (1, 3)
SELECT (1, NULL) IS NULL, ROW(NULL, NULL) IS NULL
SELECT '550e8400-e29b-41d4-a716-446655440000'::uuid
SELECT trim_array(ARRAY[1,2,3], 1)
SELECT ARRAY[[1,2],[3,4]]
SELECT (ARRAY[[1,2],[3,4]])[2][1]
SELECT array_length(ARRAY[[1,2],[3,4]], 2)
