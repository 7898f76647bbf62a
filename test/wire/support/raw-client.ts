import { connect, type Socket } from 'node:net';

export interface BackendFrame {
  /** The message's letter. */
  readonly type: string;
  readonly body: Buffer;
}

/** Speaks the protocol byte by byte, as no driver does. */
export class RawClient {
  #received = Buffer.alloc(0);
  #closed = false;
  #wake: (() => void)[] = [];

  private constructor(readonly socket: Socket) {
    socket.on('data', (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wakeAll();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wakeAll();
    });
  }

  static connect(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () =>
        resolve(new RawClient(socket)),
      );
      socket.once('error', reject);
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  send(...messages: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(messages));
  }

  /** One byte a packet. */
  async sendSlowly(bytes: Buffer): Promise<void> {
    for (const byte of bytes) {
      this.socket.write(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async byte(): Promise<number> {
    await this.#until(1);
    return this.#take(1)[0] as number;
  }

  async next(): Promise<BackendFrame> {
    await this.#until(5);
    const length = this.#received.readInt32BE(1);
    await this.#until(length + 1);
    const bytes = this.#take(length + 1);
    return { type: String.fromCharCode(bytes[0] as number), body: bytes.subarray(5) };
  }

  /** All messages up to and with one of that type. */
  async through(type: string): Promise<readonly BackendFrame[]> {
    const frames: BackendFrame[] = [];
    do frames.push(await this.next());
    while (frames.at(-1)?.type !== type);
    return frames;
  }

  /** Messages until the server closes the line. */
  async rest(): Promise<readonly BackendFrame[]> {
    await this.ended();
    const frames: BackendFrame[] = [];
    while (this.#received.length >= 5) frames.push(await this.next());
    return frames;
  }

  async ended(): Promise<void> {
    while (!this.#closed) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  async startup(parameters: Readonly<Record<string, string>> = {}): Promise<readonly BackendFrame[]> {
    this.send(startupMessage({ user: 'ada', database: 'default', ...parameters }));
    return this.through('Z');
  }

  destroy(): void {
    this.socket.destroy();
  }

  async #until(count: number): Promise<void> {
    while (this.#received.length < count) {
      if (this.#closed) throw new Error(`the line closed after ${this.#received.length} of ${count} bytes`);
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  #take(count: number): Buffer {
    const bytes = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return bytes;
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf8');
}

export function message(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

export function packet(...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(body.length + 4), body]);
}

export function startupMessage(parameters: Readonly<Record<string, string>>, version = 196_608): Buffer {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [cstring(name), cstring(value)]);
  return packet(int32(version), ...pairs, Buffer.of(0));
}

export function query(sql: string): Buffer {
  return message('Q', cstring(sql));
}

export function parse(sql: string, name = '', oids: readonly number[] = []): Buffer {
  return message('P', cstring(name), cstring(sql), int16(oids.length), ...oids.map(int32));
}

export interface BindOptions {
  readonly portal?: string;
  readonly statement?: string;
  readonly values?: readonly (string | Buffer | null)[];
  readonly formats?: readonly number[];
  readonly results?: readonly number[];
}

export function bind({
  portal = '',
  statement = '',
  values = [],
  formats = [],
  results = [],
}: BindOptions = {}): Buffer {
  const cells = values.map((value) => {
    if (value === null) return int32(-1);
    const bytes = Buffer.from(value);
    return Buffer.concat([int32(bytes.length), bytes]);
  });
  return message(
    'B',
    cstring(portal),
    cstring(statement),
    int16(formats.length),
    ...formats.map(int16),
    int16(values.length),
    ...cells,
    int16(results.length),
    ...results.map(int16),
  );
}

export function describe(kind: 'S' | 'P', name = ''): Buffer {
  return message('D', Buffer.from(kind), cstring(name));
}

export function execute(portal = '', maxRows = 0): Buffer {
  return message('E', cstring(portal), int32(maxRows));
}

export function close(kind: 'S' | 'P', name = ''): Buffer {
  return message('C', Buffer.from(kind), cstring(name));
}

export const SYNC = message('S');
export const FLUSH = message('H');

/** The fields of an ErrorResponse or NoticeResponse by their letter. */
export function fields(frame: BackendFrame | undefined): Readonly<Record<string, string>> {
  const parts = (frame?.body.toString('utf8') ?? '').split('\0').filter((part) => part !== '');
  return Object.fromEntries(parts.map((part) => [part.charAt(0), part.slice(1)]));
}

/** The cells of a DataRow. */
export function cells(frame: BackendFrame): readonly (Buffer | null)[] {
  const result: (Buffer | null)[] = [];
  let at = 2;
  for (let count = frame.body.readInt16BE(0); count > 0; count -= 1) {
    const length = frame.body.readInt32BE(at);
    at += 4;
    result.push(length < 0 ? null : frame.body.subarray(at, at + length));
    at += Math.max(0, length);
  }
  return result;
}

/** Types of the messages, as one text. */
export function types(frames: readonly BackendFrame[]): string {
  return frames.map(({ type }) => type).join('');
}
