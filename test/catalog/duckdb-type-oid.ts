/** The oid that a column gets by DuckDB's type alone, where the translation says nothing. */
export function duckdbTypeOid(type: string): string {
  const base = type.replace(/[([].*$/, '');
  const oids = OIDS[base] ?? [25, 1009];
  return String(type.endsWith('[]') ? oids[1] : oids[0]);
}

const OIDS: Readonly<Record<string, readonly [number, number]>> = {
  BOOLEAN: [16, 1000],
  SMALLINT: [21, 1005],
  INTEGER: [23, 1007],
  BIGINT: [20, 1016],
  HUGEINT: [1700, 1231],
  DECIMAL: [1700, 1231],
  FLOAT: [700, 1021],
  DOUBLE: [701, 1022],
  DATE: [1082, 1182],
  TIME: [1083, 1183],
  TIMESTAMP: [1114, 1115],
  'TIMESTAMP WITH TIME ZONE': [1184, 1185],
  INTERVAL: [1186, 1187],
  UUID: [2950, 2951],
  JSON: [114, 199],
  BLOB: [17, 1001],
  STRUCT: [2249, 2287],
};
