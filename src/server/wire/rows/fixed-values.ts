import type { PutValue } from './fixed-column.ts';

/** Micros from 1970 to 2000, where PostgreSQL begins to count, and days. */
const EPOCH_MICROS = 946_684_800_000_000n;
const EPOCH_DAYS = 10_957;
const INFINITE_MICROS = 2n ** 63n - 1n;
const INFINITE_DAYS = 2 ** 31 - 1;

export const putByteAsInt16: PutValue = (source, from, target, at) =>
  target.setInt16(at, source.getInt8(from));

export const putInt16: PutValue = (source, from, target, at) =>
  target.setInt16(at, source.getInt16(from, true));

export const putInt32: PutValue = (source, from, target, at) =>
  target.setInt32(at, source.getInt32(from, true));

/** Also for doubles: the bytes the other way round. */
export const put64Bits: PutValue = (source, from, target, at) => {
  target.setInt32(at, source.getInt32(from + 4, true));
  target.setInt32(at + 4, source.getInt32(from, true));
};

export const putBooleanText: PutValue = (source, from, target, at) =>
  target.setUint8(at, source.getUint8(from) === 0 ? 0x66 : 0x74);

export const putBoolean: PutValue = (source, from, target, at) =>
  target.setUint8(at, source.getUint8(from) === 0 ? 0 : 1);

export const putDate: PutValue = (source, from, target, at) => {
  const days = source.getInt32(from, true);
  if (days === INFINITE_DAYS) target.setInt32(at, INFINITE_DAYS);
  else target.setInt32(at, days <= -INFINITE_DAYS ? -INFINITE_DAYS - 1 : days - EPOCH_DAYS);
};

export const putTimestamp: PutValue = (source, from, target, at) => {
  const micros = source.getBigInt64(from, true);
  if (micros === INFINITE_MICROS) target.setBigInt64(at, INFINITE_MICROS);
  else if (micros === -INFINITE_MICROS) target.setBigInt64(at, -INFINITE_MICROS - 1n);
  else target.setBigInt64(at, BigInt.asIntN(64, micros - EPOCH_MICROS));
};

/** DuckDB keeps a UUID as a signed number, its highest bit turned. */
export const putUuid: PutValue = (source, from, target, at) => {
  target.setInt32(at, source.getInt32(from + 12, true) ^ -0x80000000);
  target.setInt32(at + 4, source.getInt32(from + 8, true));
  target.setInt32(at + 8, source.getInt32(from + 4, true));
  target.setInt32(at + 12, source.getInt32(from, true));
};

const HYPHENS: ReadonlySet<number> = new Set([4, 6, 8, 10]);
const HEX = '0123456789abcdef';
const SCRATCH = new DataView(new ArrayBuffer(16));

export const putUuidText: PutValue = (source, from, target, at) => {
  putUuid(source, from, SCRATCH, 0);
  let place = at;
  for (let index = 0; index < 16; index += 1) {
    if (HYPHENS.has(index)) {
      target.setUint8(place, 45);
      place += 1;
    }
    const byte = SCRATCH.getUint8(index);
    target.setUint8(place, HEX.charCodeAt(byte >> 4));
    target.setUint8(place + 1, HEX.charCodeAt(byte & 15));
    place += 2;
  }
};
