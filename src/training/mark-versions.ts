import type { Store } from './log/store.ts';

/** How far the marks of a cell have come: the history only grows, so two that are equal are of the same marks. */
export interface MarkVersion {
  /** Version of the newest mark; 0 where there is none. */
  readonly last: number;
  /** Marks ever made, removals among them. */
  readonly count: number;
}

interface VersionRow extends MarkVersion {
  readonly cascade_id: string;
  readonly cell_name: string;
}

type Versions = Map<string, MarkVersion>;

export interface WrittenMark {
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly version: number;
}

const UNMARKED: MarkVersion = Object.freeze({ last: 0, count: 0 });

/**
 * The version of the marks of each cell. Where only this process writes, it is read once and then counted; where other
 * servers do, each question asks the store, over the marks of one cell.
 */
export class MarkVersions {
  readonly #store: Store;
  #known: Promise<Versions> | null = null;
  readonly #asking = new Map<string, Promise<MarkVersion>>();

  constructor(store: Store) {
    this.#store = store;
  }

  async of(cascadeId: string, cellName: string): Promise<MarkVersion> {
    const key = keyOf(cascadeId, cellName);
    if (this.#store.exclusive) return (await this.#all()).get(key) ?? UNMARKED;
    const asking = this.#asking.get(key) ?? this.#ask(key, cascadeId, cellName);
    return asking;
  }

  /** To be awaited before marks are written: a reading under way might count them too. */
  async settled(): Promise<void> {
    await this.#known?.catch(() => undefined);
  }

  /** Counts marks that this process has written. */
  async wrote(marks: readonly WrittenMark[]): Promise<void> {
    this.#asking.clear();
    const known = this.#known;
    if (known === null) return;
    const versions = await known;
    for (const mark of marks) {
      const key = keyOf(mark.cascade_id, mark.cell_name);
      versions.set(key, afterMarks(versions.get(key) ?? UNMARKED, [mark]));
    }
  }

  /** The next question reads anew. */
  forget(): void {
    this.#known = null;
    this.#asking.clear();
  }

  #all(): Promise<Versions> {
    if (this.#known !== null) return this.#known;
    const reading = this.#readAll();
    this.#known = reading;
    reading.catch(() => {
      if (this.#known === reading) this.#known = null;
    });
    return reading;
  }

  async #readAll(): Promise<Versions> {
    const rows = await this.#store.query<VersionRow>(
      'examples',
      `SELECT cascade_id, cell_name, max(version) AS last, count() AS count
       FROM rvbbit.training_annotation_history GROUP BY cascade_id, cell_name`,
    );
    return new Map(
      rows.map(({ cascade_id, cell_name, last, count }) => [keyOf(cascade_id, cell_name), { last, count }]),
    );
  }

  #ask(key: string, cascadeId: string, cellName: string): Promise<MarkVersion> {
    const asking = this.#readOne(cascadeId, cellName).finally(() => {
      if (this.#asking.get(key) === asking) this.#asking.delete(key);
    });
    this.#asking.set(key, asking);
    return asking;
  }

  async #readOne(cascadeId: string, cellName: string): Promise<MarkVersion> {
    const [row] = await this.#store.query<MarkVersion>(
      'examples',
      `SELECT max(version) AS last, count() AS count FROM rvbbit.training_annotation_history
       WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}`,
      { cascade: cascadeId, cell: cellName },
    );
    return row ?? UNMARKED;
  }
}

export function afterMarks({ last, count }: MarkVersion, marks: readonly WrittenMark[]): MarkVersion {
  return {
    last: marks.reduce((newest, { version }) => Math.max(newest, version), last),
    count: count + marks.length,
  };
}

export function isSameVersion(one: MarkVersion, other: MarkVersion): boolean {
  return one.last === other.last && one.count === other.count;
}

/** As a text that is the same on every server. */
export function versionText({ last, count }: MarkVersion): string {
  return count === 0 ? 'unmarked' : `${last}.${count}`;
}

function keyOf(cascadeId: string, cellName: string): string {
  return JSON.stringify([cascadeId, cellName]);
}
