/** Counts what may have changed the rows of one database, whoever did it. One a database. */
export class WriteCount {
  #value = 0;
  #schema = 0;
  #loads = 0;

  get value(): number {
    return this.#value;
  }

  /** Counts what may have changed its tables, and the commits after it. */
  get schema(): number {
    return this.#schema;
  }

  /** How often a statement ran that may have brought new functions. */
  get loads(): number {
    return this.#loads;
  }

  addLoad(): void {
    this.#loads += 1;
  }

  add(): void {
    this.#value += 1;
  }

  addSchema(): void {
    this.#schema += 1;
  }
}
