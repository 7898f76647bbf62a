import { writeInteger, writeText } from '../write-cell.ts';
import type { WriteValue } from './raw-cells.ts';
import { readSafe } from './safe-integer.ts';

export const writeInt8Text: WriteValue = (target, source, from) => writeInteger(target, source.getInt8(from));

export const writeInt16Text: WriteValue = (target, source, from) =>
  writeInteger(target, source.getInt16(from, true));

export const writeInt32Text: WriteValue = (target, source, from) =>
  writeInteger(target, source.getInt32(from, true));

export const writeInt64Text: WriteValue = (target, source, from) => {
  const value = readSafe(source, from);
  if (value === null) writeText(target, String(source.getBigInt64(from, true)));
  else writeInteger(target, value);
};
