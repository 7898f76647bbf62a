/** Counts what may have changed the rows of one database, whoever did it. One a database. */
export class WriteCount {
  #value = 0;

  get value(): number {
    return this.#value;
  }

  add(): void {
    this.#value += 1;
  }
}
