import { protocolViolation } from './protocol-violation.ts';

/** One message as it came: its type byte and what follows the length word. */
export interface Frame {
  readonly type: number;
  readonly body: Buffer;
}

export type LengthLimit = (type: number) => number;

const HEADER = 5;

/**
 * Cuts a byte stream into messages, wherever it was split. A length is checked before anything of that length is
 * kept, and bytes are joined once a message is whole, so a slow sender costs no more than a fast one.
 */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  /** Bytes that came and are in no message yet. */
  get size(): number {
    return this.#size;
  }

  push(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
  }

  /** The first byte, where there is one. */
  firstByte(): number | null {
    return this.#chunks[0]?.[0] ?? null;
  }

  /** A start-up packet without its length word: these alone have no type byte. null while bytes are missing. */
  readStartup(limit: number): Buffer | null {
    const head = this.#head(4);
    if (head === null) return null;
    const length = head.readUInt32BE(0);
    if (length < 8 || length > limit) throw protocolViolation('invalid length of startup packet');
    return this.#size < length ? null : this.#take(length).subarray(4);
  }

  /** null while bytes are missing. Throws on a length that is impossible or above the limit for the type. */
  read(limitOf: LengthLimit): Frame | null {
    const head = this.#head(HEADER);
    if (head === null) return null;
    const type = head[0] as number;
    const length = head.readUInt32BE(1);
    if (length < 4 || length > limitOf(type)) throw protocolViolation('invalid message length');
    if (this.#size < length + 1) return null;
    return { type, body: this.#take(length + 1).subarray(HEADER) };
  }

  /** Type of the next message, where its header has come. */
  nextType(): number | null {
    return this.#size < HEADER ? null : this.firstByte();
  }

  /** Everything that is left, for another reader of the same bytes. */
  drain(): Buffer {
    return this.#size === 0 ? Buffer.alloc(0) : this.#take(this.#size);
  }

  #head(count: number): Buffer | null {
    if (this.#size < count) return null;
    return this.#join(count);
  }

  #take(count: number): Buffer {
    const first = this.#join(count);
    const rest = first.subarray(count);
    if (rest.length === 0) this.#chunks.shift();
    else this.#chunks[0] = rest;
    this.#size -= count;
    return first.subarray(0, count);
  }

  /** The first chunk, made to hold at least `count` bytes. */
  #join(count: number): Buffer {
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= count) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
