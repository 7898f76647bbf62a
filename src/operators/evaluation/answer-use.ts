import type { AnswerBook } from './answer-book.ts';
import type { OperatorCounts } from './evaluation-summary.ts';

/** What a statement did with a slot of an answer table; bits that add up. */
export const HIT = 1;
const FROM_LOG = 2;
const FROM_MODEL = 4;
const ASKED = 8;
const WAITING = 16;
const GAVE_UP = 32;
const FROM_PROXY = 64;
const FROM_HUMAN = 128;

/** Who gave an answer: `human` is what people have verified, when the log does not have it as such yet. */
export type AnswerOrigin = 'memory' | 'log' | 'model' | 'proxy' | 'human';

const MARKS: Readonly<Record<AnswerOrigin, number>> = Object.freeze({
  memory: HIT,
  log: FROM_LOG,
  model: FROM_MODEL,
  proxy: FROM_PROXY,
  human: FROM_HUMAN,
});

const SMALLEST = 1024;

/** What one statement asked of one operator: a byte for each slot of its answer table. */
export class AnswerUse {
  #slots = new Uint8Array(SMALLEST);
  #rows = 0;
  #mostRows = 0;
  #lookedUp = 0;
  /** Answers known under other examples only. */
  newExamples = 0;

  constructor(
    readonly name: string,
    readonly book: AnswerBook,
  ) {}

  /** A byte for each slot of the table, valid until the next call. Found answers are marked HIT. */
  slots(): Uint8Array {
    this.#reach(this.book.table.size);
    return this.#slots;
  }

  beginPass(): void {
    this.#rows = 0;
  }

  asked(rows: number): void {
    this.#rows += rows;
    this.#mostRows = Math.max(this.#mostRows, this.#rows);
  }

  /** Answers that were found in memory without the slots' knowing. */
  lookedUp(answers: number): void {
    this.#lookedUp = Math.max(this.#lookedUp, answers);
  }

  isWaiting(slot: number): boolean {
    return this.#has(slot, WAITING);
  }

  gaveUp(slot: number): boolean {
    return this.#has(slot, GAVE_UP);
  }

  ask(slot: number): void {
    this.#reach(slot + 1);
    this.#slots[slot] = (this.#slots[slot] as number) | ASKED | WAITING;
  }

  /** Whether it was waited for. */
  settle(slot: number, from: AnswerOrigin): boolean {
    return this.#end(slot, MARKS[from]);
  }

  giveUp(slot: number): boolean {
    return this.#end(slot, GAVE_UP);
  }

  counts(): OperatorCounts {
    const tally = [0, 0, 0, 0, 0, 0];
    for (const bits of this.#slots) if (bits !== 0) tally[originOf(bits)] = (tally[originOf(bits)] ?? 0) + 1;
    const [met = 0, fromLog = 0, fromModel = 0, unanswered = 0, fromProxy = 0, fromHuman = 0] = tally;
    const fromMemory = met + this.#lookedUp;
    const { name, newExamples } = this;
    const rows = this.#mostRows;
    return Object.freeze({
      ...{ name, rows, distinct: fromMemory + fromLog + fromModel + fromProxy + fromHuman + unanswered },
      ...{ fromMemory, fromLog, fromModel, fromProxy, fromHuman, unanswered, newExamples },
    });
  }

  #end(slot: number, mark: number): boolean {
    const bits = this.#slots[slot] ?? 0;
    this.#slots[slot] = (bits & ~WAITING) | mark;
    return (bits & WAITING) !== 0;
  }

  #has(slot: number, mark: number): boolean {
    return ((this.#slots[slot] ?? 0) & mark) !== 0;
  }

  #reach(size: number): void {
    if (size <= this.#slots.length) return;
    const grown = new Uint8Array(Math.max(size, this.#slots.length * 2));
    grown.set(this.#slots);
    this.#slots = grown;
  }
}

/** 0 memory, 1 log, 2 model, 3 none, 4 proxy, 5 human. A slot that the log answered is a hit in the next pass. */
function originOf(bits: number): number {
  if ((bits & FROM_LOG) !== 0) return 1;
  if ((bits & FROM_MODEL) !== 0) return 2;
  if ((bits & FROM_PROXY) !== 0) return 4;
  if ((bits & FROM_HUMAN) !== 0) return 5;
  return (bits & HIT) === 0 || (bits & GAVE_UP) !== 0 ? 3 : 0;
}
