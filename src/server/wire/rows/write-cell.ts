import type { Output } from '../output.ts';

/** Room must be there. */
export function writeInt32(output: Output, value: number): void {
  const { bytes, at } = output;
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
  output.at = at + 4;
}

export function writeNull(output: Output): void {
  output.ensure(4);
  writeInt32(output, -1);
}

export function writeText(output: Output, text: string): void {
  output.ensure(4 + text.length * 3);
  const start = output.at;
  const length = output.bytes.write(text, start + 4, 'utf8');
  writeInt32(output, length);
  output.at = start + 4 + length;
}

export function writeBytes(output: Output, bytes: Uint8Array): void {
  output.ensure(4 + bytes.length);
  writeInt32(output, bytes.length);
  output.bytes.set(bytes, output.at);
  output.at += bytes.length;
}

/** A whole number of at most 53 bits as decimal digits. */
export function writeInteger(output: Output, value: number): void {
  output.ensure(24);
  const start = output.at;
  const negative = value < 0;
  let rest = negative ? -value : value;
  const length = digitCount(rest) + (negative ? 1 : 0);
  writeInt32(output, length);
  const { bytes } = output;
  let at = start + 4 + length;
  do {
    const quotient = rest < 0x7fffffff ? (rest / 10) | 0 : Math.floor(rest / 10);
    at -= 1;
    bytes[at] = 48 + (rest - quotient * 10);
    rest = quotient;
  } while (rest > 0);
  if (negative) bytes[at - 1] = 45;
  output.at = start + 4 + length;
}

function digitCount(value: number): number {
  let count = 1;
  for (let bound = 10; value >= bound; bound *= 10) count += 1;
  return count;
}
