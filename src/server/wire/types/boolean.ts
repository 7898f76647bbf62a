import { BOOLEAN } from '@duckdb/node-api';
import { checkLength, invalidText } from './invalid-value.ts';
import type { PgCodec } from './pg-codec.ts';

const TRUE = /^(t|tr|tru|true|y|ye|yes|on|1)$/;
const FALSE = /^(f|fa|fal|fals|false|n|no|of|off|0)$/;

export const bool: PgCodec = Object.freeze({
  name: 'bool',
  oid: 16,
  arrayOid: 1000,
  length: 1,
  duckType: BOOLEAN,
  text: (value) => (value === true ? 't' : 'f'),
  binary: (value) => Uint8Array.of(value === true ? 1 : 0),
  fromText: readBoolean,
  fromBinary(bytes) {
    checkLength(bytes, 1);
    return bytes[0] !== 0;
  },
} satisfies PgCodec);

function readBoolean(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (TRUE.test(word)) return true;
  if (FALSE.test(word)) return false;
  throw invalidText('boolean', text);
}
