const TEXT = 'text';

/** The types that PostgreSQL's functions give where they do not depend on the arguments. */
const FIXED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'lower',
      'upper',
      'replace',
      'substring',
      'substr',
      'btrim',
      'ltrim',
      'rtrim',
      'string_agg',
      'to_char',
      'format',
      'concat',
      'concat_ws',
      'left',
      'right',
      'lpad',
      'rpad',
      'repeat',
      'reverse',
      'split_part',
      'initcap',
      'translate',
      'overlay',
      'md5',
      'chr',
      'regexp_replace',
      'encode',
      'json_typeof',
      'jsonb_typeof',
      'to_hex',
    ].map((name) => [name, TEXT]),
  ),
  count: 'int8',
  length: 'int4',
  char_length: 'int4',
  character_length: 'int4',
  octet_length: 'int4',
  bit_length: 'int4',
  position: 'int4',
  strpos: 'int4',
  ascii: 'int4',
  array_length: 'int4',
  jsonb_array_length: 'int4',
  json_array_length: 'int4',
  width_bucket: 'int4',
  generate_subscripts: 'int4',
  row_number: 'int8',
  rank: 'int8',
  dense_rank: 'int8',
  ntile: 'int4',
  now: 'timestamptz',
  exists: 'bool',
  bool_and: 'bool',
  bool_or: 'bool',
  every: 'bool',
  extract: 'numeric',
  date_part: 'float8',
  current_database: 'name',
  json_build_object: 'json',
  jsonb_build_object: 'jsonb',
  json_agg: 'json',
  jsonb_agg: 'jsonb',
  to_json: 'json',
  to_jsonb: 'jsonb',
  row_to_json: 'json',
  nextval: 'int8',
  currval: 'int8',
  regexp_matches: '_text',
  regexp_split_to_array: '_text',
  regexp_split_to_table: 'text',
  gen_random_uuid: 'uuid',
};

/** Functions that give what their first argument is. */
const SAME_AS_FIRST: ReadonlySet<string> = new Set([
  'generate_series',
  'min',
  'max',
  'array_remove',
  'array_cat',
  'array_append',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'abs',
]);

const SUMS: Readonly<Record<string, string>> = {
  int2: 'int8',
  int4: 'int8',
  int8: 'numeric',
  numeric: 'numeric',
  float4: 'float4',
  float8: 'float8',
};

/** Null where the arguments' types would have to be known and are not. */
export function functionType(name: string, args: readonly (string | null)[]): string | null {
  const fixed = FIXED[name];
  if (fixed !== undefined) return fixed;
  const first = args[0] ?? null;
  if (first === null) return null;
  if (SAME_AS_FIRST.has(name)) return first;
  if (name === 'array_agg') return first.startsWith('_') ? first : `_${first}`;
  if (name === 'unnest') return first.startsWith('_') ? first.slice(1) : null;
  if (name === 'sum') return SUMS[first] ?? null;
  return null;
}
