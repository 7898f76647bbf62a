import { SqlError } from '../../../errors.ts';
import { decimalText } from './decimal-text.ts';

/** `value` / 10^`scale`. */
export interface Digits {
  readonly value: bigint;
  readonly scale: number;
}

const NEGATIVE = 0x4000;
const HEADER = 8;

/** Four int16 (digit count, weight, sign, scale), then the digits in base 10,000. */
export function numericBytes({ value, scale }: Digits): Buffer {
  const [whole = '0', fraction = ''] = decimalText(value < 0n ? -value : value, scale).split('.');
  const left = groups(whole.padStart(Math.ceil(whole.length / 4) * 4, '0'));
  const right = groups(fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0'));
  const { digits, weight } = trimmed([...left, ...right], left.length - 1);
  const bytes = Buffer.allocUnsafe(HEADER + digits.length * 2);
  bytes.writeInt16BE(digits.length, 0);
  bytes.writeInt16BE(digits.length === 0 ? 0 : weight, 2);
  bytes.writeUInt16BE(value < 0n ? NEGATIVE : 0, 4);
  bytes.writeInt16BE(scale, 6);
  digits.forEach((digit, index) => bytes.writeInt16BE(digit, HEADER + index * 2));
  return bytes;
}

export function readNumericBytes(bytes: Buffer): Digits {
  if (bytes.length < HEADER || bytes.length !== HEADER + bytes.readUInt16BE(0) * 2) throw malformed();
  const count = bytes.readUInt16BE(0);
  const weight = bytes.readInt16BE(2);
  const sign = bytes.readUInt16BE(4);
  const scale = bytes.readUInt16BE(6);
  if (sign !== 0 && sign !== NEGATIVE) {
    throw new SqlError('22003', 'a numeric parameter cannot be NaN or infinite here');
  }
  let value = 0n;
  for (let index = 0; index < count; index += 1) {
    value = value * 10_000n + BigInt(bytes.readUInt16BE(HEADER + index * 2));
  }
  const exact = rescaled(value, (count - 1 - weight) * 4, scale);
  return { value: sign === NEGATIVE ? -exact : exact, scale };
}

function rescaled(value: bigint, from: number, to: number): bigint {
  return from > to ? value / 10n ** BigInt(from - to) : value * 10n ** BigInt(to - from);
}

function groups(digits: string): number[] {
  return (digits.match(/.{4}/g) ?? []).map(Number);
}

/** Without zero digits at either end; `weight` is the power of the first. */
function trimmed(
  digits: number[],
  weight: number,
): { readonly digits: readonly number[]; readonly weight: number } {
  const first = digits.findIndex((digit) => digit !== 0);
  if (first < 0) return { digits: [], weight: 0 };
  const last = digits.findLastIndex((digit) => digit !== 0);
  return { digits: digits.slice(first, last + 1), weight: weight - first };
}

function malformed(): SqlError {
  return new SqlError('22P03', 'incorrect binary data format in bind parameter');
}
