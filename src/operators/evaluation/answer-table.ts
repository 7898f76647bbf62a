/** A state that is no index: the key is not in the table. */
export const ABSENT = -1;

export type AnswerState = 'pending' | 'ready';

/**
 * Answers of one operator at one version of its cascade and its marks, found by the 64-bit hash that DuckDB takes
 * of the arguments, together with length and first four bytes of the first one. Open addressing over typed arrays:
 * a hit allocates nothing and hashes nothing. About 28 bytes a value beside the value itself, at a load of at most
 * one half.
 */
export class AnswerTable {
  #keys: Uint32Array;
  #slots: Int32Array;
  #mask: number;
  #count = 0;
  /** Undefined while a call is under way. */
  readonly values: unknown[] = [];
  readonly states: AnswerState[] = [];

  constructor(capacity = 1024) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)));
    this.#keys = new Uint32Array(size * 4);
    this.#slots = new Int32Array(size).fill(ABSENT);
    this.#mask = size - 1;
  }

  get size(): number {
    return this.#count;
  }

  /** The slot of a key, or ABSENT. */
  find(low: number, high: number, length: number, prefix: number): number {
    const keys = this.#keys;
    const slots = this.#slots;
    const mask = this.#mask;
    for (let at = (low ^ length) & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] as number;
      if (slot === ABSENT) return ABSENT;
      const base = at << 2;
      if (
        keys[base] === low &&
        keys[base + 1] === high &&
        keys[base + 2] === length &&
        keys[base + 3] === prefix
      ) {
        return slot;
      }
    }
  }

  /** Adds a key that `find` did not know; its state is pending. */
  add(low: number, high: number, length: number, prefix: number): number {
    if ((this.#count + 1) * 2 > this.#mask) this.#grow();
    const slot = this.values.length;
    this.#place(low, high, length, prefix, slot);
    this.#count += 1;
    this.values.push(undefined);
    this.states.push('pending');
    return slot;
  }

  settle(slot: number, value: unknown): void {
    this.values[slot] = value;
    this.states[slot] = 'ready';
  }

  #place(low: number, high: number, length: number, prefix: number, slot: number): void {
    let at = (low ^ length) & this.#mask;
    while (this.#slots[at] !== ABSENT) at = (at + 1) & this.#mask;
    this.#slots[at] = slot;
    this.#keys.set([low, high, length, prefix], at << 2);
  }

  #grow(): void {
    const keys = this.#keys;
    const slots = this.#slots;
    const size = slots.length * 2;
    this.#keys = new Uint32Array(size * 4);
    this.#slots = new Int32Array(size).fill(ABSENT);
    this.#mask = size - 1;
    for (let at = 0; at < slots.length; at += 1) {
      const slot = slots[at] as number;
      if (slot === ABSENT) continue;
      const base = at << 2;
      this.#place(
        keys[base] as number,
        keys[base + 1] as number,
        keys[base + 2] as number,
        keys[base + 3] as number,
        slot,
      );
    }
  }
}
