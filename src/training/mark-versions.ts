import type { Store } from './log/store.ts';

interface VersionRow {
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly version: string;
}

interface Reading {
  readonly at: number;
  readonly versions: Promise<ReadonlyMap<string, string>>;
}

/** How long a reading serves where other servers may write. */
const FRESH_MS = 1_000;

/** The version of the marks of each cell, read from the history, which only grows. */
export class MarkVersions {
  readonly #store: Store;
  #reading: Reading | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  async of(cascadeId: string, cellName: string): Promise<string> {
    const versions = await this.#current();
    return versions.get(JSON.stringify([cascadeId, cellName])) ?? 'unmarked';
  }

  /** The next question reads anew. */
  forget(): void {
    this.#reading = null;
  }

  #current(): Promise<ReadonlyMap<string, string>> {
    const known = this.#reading;
    if (known !== null && (this.#store.exclusive || Date.now() - known.at < FRESH_MS)) return known.versions;
    const reading = { at: Date.now(), versions: this.#read() };
    this.#reading = reading;
    reading.versions.catch(() => {
      if (this.#reading === reading) this.#reading = null;
    });
    return reading.versions;
  }

  async #read(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#store.query<VersionRow>(
      'examples',
      `SELECT cascade_id, cell_name, concat(toString(max(version)), '.', toString(count())) AS version
       FROM rvbbit.training_annotation_history GROUP BY cascade_id, cell_name`,
    );
    return new Map(rows.map((row) => [JSON.stringify([row.cascade_id, row.cell_name]), row.version]));
  }
}
