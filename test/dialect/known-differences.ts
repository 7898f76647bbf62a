/** Statements whose outcome differs from PostgreSQL's, and why. A test fails when one no longer does. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  [`SELECT * FROM json_each('{"a":1,"b":2}')`]: "DuckDB's json_each gives the two columns and six more",
  [`SELECT '{"a":1,"b":2}'::jsonb - 'a'`]: 'no removal of keys from json',
  [`SELECT jsonb_set('{"a":1}', '{a}', '2')`]: 'no jsonb_set; json_merge_patch serves',
  'SELECT ARRAY[1.5, 2]': 'the numbers of a list have one scale',
  'SELECT (1, NULL) IS NULL, ROW(NULL, NULL) IS NULL': 'a row of NULLs is a value in DuckDB',
  'SELECT array_length(ARRAY[[1,2],[3,4]], 2)': 'lists of lists have no second dimension',
  'SELECT x FROM (VALUES (3),(1),(1)) t(x) ORDER BY x FETCH FIRST 1 ROW WITH TIES':
    'DuckDB has no WITH TIES and says so',
  "SELECT sum(x) FROM (VALUES (interval '1 hour'), (interval '30 minutes')) t(x)":
    'DuckDB sums no intervals and says so',
  "INSERT INTO d_t (name, tags) VALUES ('arr', '{x,y}') RETURNING tags":
    "a text without a cast is not read as an array, because the column's type is unknown to the translation",
  "SELECT name FROM d_t WHERE 'x' = ANY(tags)": 'follows from the row that was not inserted',
  'SELECT upper FROM d_c ORDER BY 1 LIMIT 1': 'follows from the row that was not inserted',
  "SELECT attname, format_type(atttypid, NULL), attnotnull FROM pg_attribute WHERE attrelid = 'd_o'::regclass AND attnum > 0 ORDER BY attnum":
    'DuckDB has one json type',
  "SELECT column_name, ordinal_position, is_nullable, data_type FROM information_schema.columns WHERE table_name = 'd_o' ORDER BY 2":
    'DuckDB has one json type',
  "SELECT 'abc'::varchar(2), 'abc'::char(5) || '|', 'a'::char": 'char(n) keeps its blanks in a concatenation',
  "SELECT unistr('\\0041')": 'no unistr',
};
