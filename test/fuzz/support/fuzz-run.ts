import { Random } from '../../lexer/random.ts';
import { cells, cstring, fields, message, query, RawClient, SYNC } from '../../wire/support/raw-client.ts';
import { brokenMessage, mutatedMessage, mutatedPacket } from './mutation.ts';
import type { RecordedSession } from './recorded-session.ts';

export interface FuzzFigures {
  /** Mutated messages that the server has taken in: of a write that ended its connection, one. */
  readonly messages: number;
  readonly connections: number;
  /** Connections that the server ended with a FATAL error. */
  readonly refused: number;
  /** Times that a connection was asked whether it is in step, and was. */
  readonly inStep: number;
}

export interface FuzzOptions {
  readonly port: number;
  readonly sessions: readonly RecordedSession[];
  readonly seed: number;
  /** Ends when as many messages were taken or the time is over. */
  readonly messages: number;
  readonly milliseconds: number;
}

const LINES = 6;
const WRITES_A_LINE = 40;
const MESSAGES_A_WRITE = 50;
const PATIENCE_MS = 30_000;
const BACKEND_TYPES = new Set('RSKZTDCEINn123stGHWdcAvV');
const TERMINATE = 'X'.charCodeAt(0);

/** Sends mutated messages over real sockets, several lines at once. Throws at the first answer that is wrong. */
export async function fuzz(options: FuzzOptions): Promise<FuzzFigures> {
  const figures = { messages: 0, connections: 0, refused: 0, inStep: 0 };
  const until = performance.now() + options.milliseconds;
  const goesOn = (): boolean => figures.messages < options.messages && performance.now() < until;
  const work = async (): Promise<void> => {
    while (goesOn()) {
      figures.connections += 1;
      const line = new FuzzLine(options, figures, figures.connections, goesOn);
      await line.run();
    }
  };
  await Promise.all(Array.from({ length: LINES }, work));
  return figures;
}

type Figures = { -readonly [Key in keyof FuzzFigures]: number };

class FuzzLine {
  readonly #random: Random;
  /** Without their Terminate, behind which a server hears nothing. */
  readonly #talks: readonly (readonly Buffer[])[];
  #writes = 0;

  constructor(
    private readonly options: FuzzOptions,
    private readonly figures: Figures,
    private readonly number: number,
    private readonly goesOn: () => boolean,
  ) {
    this.#random = new Random(options.seed * 1_000_003 + number);
    this.#talks = options.sessions
      .map(({ messages }) => messages.filter(([type]) => type !== TERMINATE))
      .filter((messages) => messages.length > 0);
  }

  async run(): Promise<void> {
    const client = await RawClient.connect(this.options.port);
    try {
      await this.#within(this.#random.below(6) === 0 ? this.#begin(client) : this.#talk(client));
    } finally {
      client.destroy();
    }
  }

  /** A start-up that is mutated may be anything: the server answers or not, and goes on. */
  async #begin(client: RawClient): Promise<void> {
    const session = this.#random.pick(this.options.sessions);
    for (const packet of session.startup) {
      client.send(mutatedPacket(this.#random, packet));
      this.figures.messages += 1;
    }
    client.send(...session.messages.slice(0, 3));
    client.socket.end();
    await client.ended();
  }

  async #talk(client: RawClient): Promise<void> {
    await client.startup();
    const breaks = this.#random.below(10) === 0;
    for (let write = 0; write < WRITES_A_LINE && this.goesOn(); write += 1) {
      this.#writes = write;
      const sent = this.#messages(breaks);
      client.send(...sent);
      if (!(await this.#stays(client, Buffer.concat(sent)))) return;
      this.figures.messages += sent.length;
    }
    client.send(message('X'));
    await client.ended();
  }

  /** Messages of one recorded session from somewhere on, each of them mutated. */
  #messages(breaks: boolean): readonly Buffer[] {
    const random = this.#random;
    const messages = random.pick(this.#talks);
    const from = random.below(messages.length);
    return Array.from({ length: MESSAGES_A_WRITE }, (_, at) => {
      const original = messages[(from + at) % messages.length] ?? SYNC;
      if (breaks && random.below(MESSAGES_A_WRITE) === 0) return brokenMessage(random, original);
      return mutatedMessage(random, original, random.pick(messages));
    });
  }

  /**
   * Whether the line is open and in step. It may be closed where a FATAL error was sent or the client said goodbye, and
   * at no other time. What a broken length still waits for is sent as zeros, or the client leaves.
   */
  async #stays(client: RawClient, sent: Buffer): Promise<boolean> {
    const { missing, goodbye } = endOf(sent);
    if (missing > 65_536) return false;
    const mark = `in step ${this.number}.${this.#writes}`;
    const ends = [message('f', cstring('no')), SYNC, query('ROLLBACK'), query(`SELECT '${mark}' AS mark`)];
    client.send(Buffer.alloc(missing), ...ends);
    let fatal = false;
    for (;;) {
      const frame = await client.next().catch(() => null);
      if (frame === null) {
        if (!fatal && !goodbye) throw new Error('the line was closed without a word');
        this.figures.messages += 1;
        if (fatal) this.figures.refused += 1;
        return false;
      }
      if (!BACKEND_TYPES.has(frame.type))
        throw new Error(`a message of type ${JSON.stringify(frame.type)} came`);
      if (frame.type === 'E') fatal ||= fields(frame).S === 'FATAL';
      if (frame.type === 'D' && cells(frame)[0]?.toString() === mark) break;
    }
    await client.through('Z');
    this.figures.inStep += 1;
    return true;
  }

  async #within(work: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer came')), PATIENCE_MS);
    });
    try {
      await Promise.race([work, late]);
    } catch (error) {
      const where = `seed ${this.options.seed}, line ${this.number}, write ${this.#writes}`;
      throw new Error(`${error instanceof Error ? error.message : String(error)} (${where})`, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** How many bytes the last message lacks, and whether a Terminate stands among them, by the protocol's framing. */
function endOf(sent: Buffer): { readonly missing: number; readonly goodbye: boolean } {
  let at = 0;
  let goodbye = false;
  while (at < sent.length) {
    if (at + 5 > sent.length) return { missing: at + 5 - sent.length + 4, goodbye };
    const length = sent.readInt32BE(at + 1);
    if (length < 4) return { missing: 0, goodbye };
    goodbye ||= sent[at] === TERMINATE;
    at += 1 + length;
  }
  return { missing: at - sent.length, goodbye };
}
