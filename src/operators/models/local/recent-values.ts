/** Makes a value a key once and keeps the last ones used. A value that failed to be made is not kept. */
export class RecentValues<T> {
  readonly #values = new Map<string, Promise<T>>();

  /** Holds at most so many values. */
  constructor(readonly capacity: number) {}

  get(key: string, make: () => Promise<T>): Promise<T> {
    const value = this.#values.get(key) ?? this.#made(key, make);
    this.#values.delete(key);
    this.#values.set(key, value);
    const oldest = this.#values.keys().next();
    if (this.#values.size > this.capacity && oldest.done !== true) this.#values.delete(oldest.value);
    return value;
  }

  clear(): void {
    this.#values.clear();
  }

  #made(key: string, make: () => Promise<T>): Promise<T> {
    const value = make();
    value.catch(() => this.#values.delete(key));
    return value;
  }
}
