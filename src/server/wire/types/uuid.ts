import { DuckDBUUIDValue, UUID } from '@duckdb/node-api';
import { checkLength, invalidText } from './invalid-value.ts';
import type { PgCodec } from './pg-codec.ts';

export const uuid: PgCodec = Object.freeze({
  name: 'uuid',
  oid: 2950,
  arrayOid: 2951,
  length: 16,
  duckType: UUID,
  text: (value) => String(value),
  binary: (value) => Buffer.from(String(value).replaceAll('-', ''), 'hex'),
  fromText(text) {
    const digits = text
      .trim()
      .replace(/^\{(.*)\}$/, '$1')
      .replaceAll('-', '');
    if (!/^[0-9a-f]{32}$/i.test(digits)) throw invalidText('uuid', text);
    return DuckDBUUIDValue.fromUint128(BigInt(`0x${digits}`));
  },
  fromBinary(bytes) {
    checkLength(bytes, 16);
    return DuckDBUUIDValue.fromUint128(BigInt(`0x${bytes.toString('hex')}`));
  },
} satisfies PgCodec);
