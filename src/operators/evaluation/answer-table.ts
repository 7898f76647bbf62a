/** No index: the key is not in the table. */
export const ABSENT = -1;

/** The states of a slot. A failed call leaves nothing behind: its slot is asked again by whoever meets it next. */
export const PENDING = 0;
export const READY = 1;
export const FAILED = 2;

/**
 * Answers of one operator at one version of its cascade and its marks, found by the 64-bit hash that DuckDB takes
 * of the arguments, together with length and first four bytes of the first one. Open addressing over typed arrays:
 * a hit allocates nothing and hashes nothing. About 50 bytes a value beside the value itself.
 */
export class AnswerTable {
  #keys: Uint32Array;
  #slots: Int32Array;
  #mask: number;
  #count = 0;
  #answered = 0;
  #ambiguous = false;
  #states: Uint8Array;
  readonly #values: unknown[] = [];
  /** Rows that were looked up here so far. */
  lookups = 0;

  constructor(capacity = 512) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)));
    this.#keys = new Uint32Array(size * 4);
    this.#slots = new Int32Array(size).fill(ABSENT);
    this.#states = new Uint8Array(size / 2);
    this.#mask = size - 1;
  }

  get size(): number {
    return this.#count;
  }

  /** Slots that are READY. */
  get answered(): number {
    return this.#answered;
  }

  /** Whether two keys of the table have the same hash, so that the hash alone does not tell them apart. */
  get isAmbiguous(): boolean {
    return this.#ambiguous;
  }

  /** The slot of a key, or ABSENT. */
  find(low: number, high: number, length: number, prefix: number): number {
    return lookUp(this.#keys, this.#slots, this.#mask, low, high, length, prefix);
  }

  /**
   * The slots of many keys at once. `hashes` holds low and high word of each row's hash, `strings` DuckDB's 16-byte
   * strings as four words, of which the first two are length and prefix. `into` gets a slot or ABSENT a row.
   */
  findAll(rows: number, hashes: Uint32Array, strings: Uint32Array, into: Int32Array): void {
    const keys = this.#keys;
    const slots = this.#slots;
    const mask = this.#mask;
    for (let row = 0; row < rows; row += 1) {
      into[row] = lookUp(
        keys,
        slots,
        mask,
        hashes[row * 2] as number,
        hashes[row * 2 + 1] as number,
        strings[row * 4] as number,
        strings[row * 4 + 1] as number,
      );
    }
  }

  /** Adds a key that `find` did not know; its state is PENDING. */
  add(low: number, high: number, length: number, prefix: number): number {
    if ((this.#count + 1) * 2 > this.#mask) this.#grow();
    const slot = this.#count;
    const alone = place(this.#keys, this.#slots, this.#mask, [low, high, length, prefix], slot);
    if (!alone) this.#ambiguous = true;
    this.#count += 1;
    this.#values.push(undefined);
    return slot;
  }

  stateOf(slot: number): number {
    return this.#states[slot] as number;
  }

  valueOf(slot: number): unknown {
    return this.#values[slot];
  }

  settle(slot: number, value: unknown): void {
    if (this.#states[slot] !== READY) this.#answered += 1;
    this.#values[slot] = value;
    this.#states[slot] = READY;
  }

  fail(slot: number): void {
    this.#states[slot] = FAILED;
  }

  retry(slot: number): void {
    this.#states[slot] = PENDING;
  }

  /** The hashes, low and high word, of the slots that are READY and not in `but`; and those slots. */
  answersBut(but: Uint8Array): { readonly hashes: Uint32Array; readonly slots: Int32Array } {
    const hashes = new Uint32Array(this.#answered * 2);
    const slots = new Int32Array(this.#answered);
    let count = 0;
    for (let at = 0; at < this.#slots.length; at += 1) {
      const slot = this.#slots[at] as number;
      if (slot === ABSENT || this.#states[slot] !== READY || (but[slot] ?? 0) !== 0) continue;
      hashes[count * 2] = this.#keys[at << 2] as number;
      hashes[count * 2 + 1] = this.#keys[(at << 2) + 1] as number;
      slots[count] = slot;
      count += 1;
    }
    return { hashes: hashes.subarray(0, count * 2), slots: slots.subarray(0, count) };
  }

  #grow(): void {
    const size = this.#slots.length * 2;
    const keys = new Uint32Array(size * 4);
    const slots = new Int32Array(size).fill(ABSENT);
    for (let at = 0; at < this.#slots.length; at += 1) {
      const slot = this.#slots[at] as number;
      if (slot === ABSENT) continue;
      place(keys, slots, size - 1, this.#keys.subarray(at << 2, (at << 2) + 4), slot);
    }
    const states = new Uint8Array(size / 2);
    states.set(this.#states);
    this.#keys = keys;
    this.#slots = slots;
    this.#states = states;
    this.#mask = size - 1;
  }
}

function lookUp(
  keys: Uint32Array,
  slots: Int32Array,
  mask: number,
  low: number,
  high: number,
  length: number,
  prefix: number,
): number {
  for (let at = low & mask; ; at = (at + 1) & mask) {
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

/** Returns whether no other key has this hash. */
function place(
  keys: Uint32Array,
  slots: Int32Array,
  mask: number,
  key: ArrayLike<number>,
  slot: number,
): boolean {
  let alone = true;
  let at = (key[0] as number) & mask;
  while (slots[at] !== ABSENT) {
    if (keys[at << 2] === key[0] && keys[(at << 2) + 1] === key[1]) alone = false;
    at = (at + 1) & mask;
  }
  slots[at] = slot;
  keys.set(key, at << 2);
  return alone;
}
