import type { Writable } from 'node:stream';
import { ByteSink } from './byte-sink.ts';

const BATCH = 64 * 1024;
const SMALL = 8 * 1024;

/**
 * What goes to one client: messages gather here and leave in batches of 64 KiB or at `flush`. A client that does
 * not read makes `flush` wait, and with it whoever produces rows.
 */
export class Output extends ByteSink {
  #closed = false;
  #stop: ((reason: Error) => void) | null = null;

  constructor(private socket: Writable) {
    super(BATCH + SMALL);
  }

  /** Goes on over the encrypted line. */
  upgrade(socket: Writable): void {
    this.socket = socket;
  }

  get full(): boolean {
    return this.at >= BATCH;
  }

  /** How many bytes still fit before a batch is full. */
  get room(): number {
    return BATCH - this.at;
  }

  send(message: Uint8Array): void {
    this.ensure(message.length);
    this.bytes.set(message, this.at);
    this.at += message.length;
  }

  /** Resolves when the client's side of the line takes more. */
  async flush(): Promise<void> {
    if (this.at === 0 || this.#closed) return;
    if (!this.socket.write(this.#leave())) await this.#drained();
  }

  /** Writes without waiting: for the last words of a connection. */
  flushNow(): void {
    if (this.at > 0 && !this.#closed) this.socket.write(this.#leave());
  }

  /** Whoever waits for the client to read waits no longer: `flush` rejects. What was written goes out all the same. */
  stop(reason: Error): void {
    this.#stop?.(reason);
  }

  /** Nothing more is taken; what was written before still goes out. */
  close(): void {
    this.#closed = true;
    this.at = 0;
    this.socket.end();
  }

  #leave(): Buffer {
    const filled = this.bytes.subarray(0, this.at);
    this.at = 0;
    if (filled.length <= SMALL) return Buffer.from(filled);
    this.use(Buffer.allocUnsafeSlow(BATCH + SMALL));
    return filled;
  }

  #drained(): Promise<void> {
    const { socket } = this;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        this.#stop = null;
        socket.off('drain', done);
        socket.off('close', done);
        resolve();
      };
      this.#stop = (reason) => {
        reject(reason);
        done();
      };
      socket.once('drain', done);
      socket.once('close', done);
      if (socket.destroyed) done();
    });
  }
}
