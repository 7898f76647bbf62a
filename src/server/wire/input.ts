import type { Socket } from 'node:net';
import { type Frame, FrameReader, type LengthLimit } from './frame-reader.ts';
import { STARTUP_LIMIT } from './length-limit.ts';

/** Unread bytes above which a client has to wait: it sends faster than its statements run. */
const HIGH_WATER = 1024 * 1024;

/** What comes from one client, message by message. null says that the client has gone. */
export class Input {
  #reader = new FrameReader();
  #socket: Socket;
  #ended = false;
  #wake: (() => void) | null = null;

  /** `onGone` is called once, as soon as the client closes its side or the line breaks. */
  constructor(
    socket: Socket,
    readonly onGone: () => void,
  ) {
    this.#socket = socket;
    this.#attach(socket);
  }

  get unread(): number {
    return this.#reader.size;
  }

  firstByte(): Promise<number | null> {
    return this.#await(() => this.#reader.firstByte());
  }

  startupPacket(): Promise<Buffer | null> {
    return this.#await(() => this.#reader.readStartup(STARTUP_LIMIT));
  }

  /** Rejects with the signal's reason when it is aborted; nothing is lost then. */
  message(limitOf: LengthLimit, signal?: AbortSignal): Promise<Frame | null> {
    return this.#await(() => this.#reader.read(limitOf), signal);
  }

  /** Type of the message that follows, where it has come already. */
  nextType(): number | null {
    return this.#reader.nextType();
  }

  /** Goes on with the encrypted socket over the same line; bytes that came already belong to it. */
  upgrade<Secure extends Socket>(wrap: (socket: Socket, pending: Buffer) => Secure): Secure {
    const plain = this.#socket;
    this.#detach(plain);
    const secure = wrap(plain, this.#reader.drain());
    this.#socket = secure;
    this.#attach(secure);
    return secure;
  }

  close(): void {
    this.#end();
  }

  readonly #onData = (bytes: Buffer): void => {
    this.#reader.push(bytes);
    if (this.#reader.size > HIGH_WATER && this.#wake === null) this.#socket.pause();
    this.#wake?.();
  };

  readonly #onEnd = (): void => {
    this.#end();
    this.onGone();
  };

  async #await<T>(read: () => T | null, signal?: AbortSignal): Promise<T | null> {
    for (;;) {
      signal?.throwIfAborted();
      const value = read();
      if (value !== null) return value;
      if (this.#ended) return null;
      await this.#more(signal);
    }
  }

  #more(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake = null;
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal?.addEventListener('abort', wake);
      this.#socket.resume();
    });
  }

  #attach(socket: Socket): void {
    socket.on('data', this.#onData);
    socket.once('end', this.#onEnd);
    socket.once('close', this.#onEnd);
  }

  #detach(socket: Socket): void {
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('close', this.#onEnd);
  }

  #end(): void {
    this.#ended = true;
    this.#wake?.();
  }
}
