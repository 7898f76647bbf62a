import { VARCHAR } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import { utf8 } from '../utf8.ts';
import { invalidText } from './invalid-value.ts';
import { jsonText } from './json-text.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';

/** DuckDB's JSON, and its STRUCT, MAP and UNION, which PostgreSQL has no type for. */
export const json: PgCodec = Object.freeze({
  name: 'json',
  oid: 114,
  arrayOid: 199,
  length: -1,
  duckType: VARCHAR,
  text: documentText,
  binary: (value, style) => Buffer.from(documentText(value, style), 'utf8'),
  fromText: (text) => readJson(text, 'json'),
  fromBinary: (bytes) => readJson(utf8(bytes), 'json'),
} satisfies PgCodec);

const JSONB_VERSION = 1;

export const jsonb: PgCodec = Object.freeze({
  ...json,
  name: 'jsonb',
  oid: 3802,
  arrayOid: 3807,
  binary: (value, style) =>
    Buffer.concat([Buffer.of(JSONB_VERSION), Buffer.from(documentText(value, style), 'utf8')]),
  fromText: (text) => readJson(text, 'jsonb'),
  fromBinary(bytes) {
    if (bytes[0] !== JSONB_VERSION)
      throw new SqlError('22P03', `unsupported jsonb version number ${bytes[0] ?? 0}`);
    return readJson(utf8(bytes.subarray(1)), 'jsonb');
  },
} satisfies PgCodec);

/** A string is a JSON document already. */
function documentText(value: PresentValue, style: TextStyle): string {
  return typeof value === 'string' ? value : jsonText(value, style);
}

function readJson(text: string, typeName: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw Object.assign(invalidText(typeName, text), { cause });
  }
}
