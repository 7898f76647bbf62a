import { malformedMessage } from './protocol-violation.ts';
import { utf8 } from './utf8.ts';

/** Reads a message's body front to back; every read is checked against its end. */
export class BodyReader {
  #at = 0;

  constructor(readonly bytes: Buffer) {}

  get left(): number {
    return this.bytes.length - this.#at;
  }

  byte(): number {
    return this.bytes[this.#advance(1)] as number;
  }

  int16(): number {
    return this.bytes.readInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.#advance(4));
  }

  /** A count of things that follow, each at least `size` bytes long. */
  count(size: number): number {
    const count = this.bytes.readUInt16BE(this.#advance(2));
    if (count * size > this.left) throw malformedMessage('insufficient data left in message');
    return count;
  }

  take(length: number): Buffer {
    const start = this.#advance(length);
    return this.bytes.subarray(start, start + length);
  }

  /** Text up to a zero byte. Throws 22021 where it is no UTF-8. */
  cstring(): string {
    const end = this.bytes.indexOf(0, this.#at);
    if (end < 0) throw malformedMessage('invalid string in message');
    const text = utf8(this.bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  rest(): Buffer {
    return this.take(this.left);
  }

  end(): void {
    if (this.left > 0) throw malformedMessage('invalid message format');
  }

  #advance(length: number): number {
    if (length < 0 || length > this.left) throw malformedMessage('insufficient data left in message');
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
