import type { Random } from '../../lexer/random.ts';

const INTEGERS = [
  0, 1, -1, 4, 5, 255, 256, 32_767, 32_768, 65_535, 0x7fff_ffff, -0x8000_0000, 10_000, 80_877_103,
];
const PIECES = [
  "'",
  '"',
  '$$',
  '$1',
  '$99999',
  '--',
  '/*',
  '*/',
  ';',
  '(',
  ')',
  '\\',
  '%',
  'NULL',
  'SELECT ',
  ' MEANS ',
  ' FROM ',
  '\u0000',
  '\ufffd',
  'é😀',
  '{{ x }}',
  '::int[]',
  '::date',
  ' COLLATE "C"',
  ' LIMIT 0',
  '-',
  'E',
  '0x',
  '..',
].map((text) => Buffer.from(text));
const TYPES = Buffer.from('QPBDECHSdcf');
const ANY_TYPE = 256;
const LONGEST = 4096;

/** A message with one or more changes and a length that says how long it is. */
export function mutatedMessage(random: Random, message: Buffer, other: Buffer): Buffer {
  let body = message.subarray(5);
  for (let changes = random.below(4) === 0 ? 3 : 1; changes > 0; changes -= 1)
    body = changed(random, body, other.subarray(5));
  return framed(typeOf(random, message[0] ?? 0), body);
}

/** Bytes whose framing is broken as well: a wrong length, a cut, or anything at all. */
export function brokenMessage(random: Random, message: Buffer): Buffer {
  const broken = Buffer.from(message);
  switch (random.below(4)) {
    case 0:
      broken.writeInt32BE(random.pick(INTEGERS), 1);
      return broken;
    case 1:
      return broken.subarray(0, random.below(broken.length));
    case 2:
      return noise(random, 1 + random.below(40));
    default:
      broken.writeInt32BE(broken.readInt32BE(1) + random.below(9) - 4, 1);
      return broken;
  }
}

/** A start-up packet with a change; one in two keeps a length that is true. */
export function mutatedPacket(random: Random, packet: Buffer): Buffer {
  const body = changed(random, packet.subarray(4), packet.subarray(4));
  const made = Buffer.alloc(4 + body.length);
  made.writeInt32BE(random.below(2) === 0 ? made.length : random.pick(INTEGERS), 0);
  body.copy(made, 4);
  return made;
}

/** Most keep their type: the body is then read further. */
function typeOf(random: Random, type: number): number {
  const dice = random.below(1000);
  if (dice === 0) return random.below(ANY_TYPE);
  return dice < 20 ? (TYPES[random.below(TYPES.length)] ?? type) : type;
}

function changed(random: Random, body: Buffer, other: Buffer): Buffer {
  const at = random.below(body.length + 1);
  switch (random.below(9)) {
    case 0:
      return flipped(random, body, at);
    case 1:
      return spliced(body, at, random.below(4), noise(random, random.below(4)));
    case 2:
      return spliced(body, at, 0, random.pick(PIECES));
    case 3:
      return spliced(body, at, random.below(12), Buffer.alloc(0));
    case 4:
      return withInteger(random, body, at);
    case 5: {
      const from = random.below(other.length + 1);
      return spliced(body, at, random.below(8), other.subarray(from, from + random.below(40)));
    }
    case 6: {
      const piece = body.subarray(at, at + 1 + random.below(24));
      const times = Math.min(1 + random.below(40), Math.ceil(LONGEST / (piece.length + 1)));
      return body.length > LONGEST
        ? body
        : spliced(body, at, 0, Buffer.concat(Array<Buffer>(times).fill(piece)));
    }
    default:
      return letterChanged(random, body, at);
  }
}

/** One letter for another: what is text stays text. */
function letterChanged(random: Random, body: Buffer, at: number): Buffer {
  const letter = body[at];
  if (letter === undefined || letter < 32) return body;
  const made = Buffer.from(body);
  made[at] = 32 + random.below(95);
  return made;
}

function flipped(random: Random, body: Buffer, at: number): Buffer {
  if (at >= body.length) return body;
  const made = Buffer.from(body);
  made[at] = (made[at] ?? 0) ^ (1 << random.below(8));
  return made;
}

function withInteger(random: Random, body: Buffer, at: number): Buffer {
  const width = random.below(2) === 0 ? 2 : 4;
  if (at + width > body.length) return body;
  const made = Buffer.from(body);
  made.writeIntBE(width === 2 ? (random.pick(INTEGERS) << 16) >> 16 : random.pick(INTEGERS), at, width);
  return made;
}

function spliced(body: Buffer, at: number, cut: number, put: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, at), put, body.subarray(at + cut)]);
}

function noise(random: Random, length: number): Buffer {
  return Buffer.from(random.list(length, () => random.below(256)));
}

function framed(type: number, body: Buffer): Buffer {
  const made = Buffer.alloc(5 + body.length);
  made[0] = type;
  made.writeInt32BE(4 + body.length, 1);
  body.copy(made, 5);
  return made;
}
