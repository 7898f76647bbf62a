import type { ByteSink } from '../byte-sink.ts';

/** Room must be there. */
export function writeInt32(target: ByteSink, value: number): void {
  const { bytes, at } = target;
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
  target.at = at + 4;
}

export function writeNull(target: ByteSink): void {
  target.ensure(4);
  writeInt32(target, -1);
}

/** Most texts of values are short and ASCII: a loop wins over a call. */
const BY_HAND = 64;

export function writeText(target: ByteSink, text: string): void {
  target.ensure(4 + text.length * 3);
  const start = target.at;
  const length = text.length <= BY_HAND ? writeAscii(target, text) : -1;
  const written = length < 0 ? target.bytes.write(text, start + 4, 'utf8') : length;
  writeInt32(target, written);
  target.at = start + 4 + written;
}

/** Gives the length, or -1 where the text is not ASCII. */
function writeAscii({ bytes, at }: ByteSink, text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) return -1;
    bytes[at + 4 + index] = code;
  }
  return text.length;
}

export function writeBytes(target: ByteSink, bytes: Uint8Array): void {
  target.ensure(4 + bytes.length);
  writeInt32(target, bytes.length);
  target.bytes.set(bytes, target.at);
  target.at += bytes.length;
}

/** A whole number of at most 53 bits as decimal digits. */
export function writeInteger(target: ByteSink, value: number): void {
  target.ensure(24);
  const start = target.at;
  const negative = value < 0;
  let rest = negative ? -value : value;
  const length = digitCount(rest) + (negative ? 1 : 0);
  writeInt32(target, length);
  const { bytes } = target;
  let at = start + 4 + length;
  do {
    const quotient = rest < 0x7fffffff ? (rest / 10) | 0 : Math.floor(rest / 10);
    at -= 1;
    bytes[at] = 48 + (rest - quotient * 10);
    rest = quotient;
  } while (rest > 0);
  if (negative) bytes[at - 1] = 45;
  target.at = start + 4 + length;
}

function digitCount(value: number): number {
  let count = 1;
  for (let bound = 10; value >= bound; bound *= 10) count += 1;
  return count;
}
