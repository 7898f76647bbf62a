import type { DuckDBDataChunk } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import type { ResultColumn, RowSource } from '../engine/engine-connection.ts';

function tooManyRows(most: number): SqlError {
  return new SqlError('54000', `the statement gives more than ${most} rows`, {
    hint: 'Add a LIMIT, or raise rvbbit.max_rows where the role may.',
  });
}

/** A place between two rows of a source. It moves forward only. */
export class RowCursor {
  #chunk: DuckDBDataChunk | null = null;
  #row = 0;
  #ended = false;
  #pulled = 0;
  /** Rows that were passed. */
  position = 0;

  /** `most` is how many rows the source may give; 0 is no limit. */
  constructor(
    private readonly source: RowSource,
    private readonly most = 0,
  ) {}

  get columns(): readonly ResultColumn[] {
    return this.source.columns;
  }

  get rowsChanged(): number | null {
    return this.source.rowsChanged;
  }

  /**
   * The chunk and row that come next; null at the end. Valid until the next call. `goesOn` says that all rows are
   * wanted, so that the chunk behind can be made meanwhile.
   */
  async peek(goesOn = false): Promise<{ readonly chunk: DuckDBDataChunk; readonly row: number } | null> {
    while (!this.#ended && (this.#chunk === null || this.#row >= this.#chunk.rowCount)) {
      this.#chunk = await this.source.next(goesOn);
      this.#row = 0;
      this.#ended = this.#chunk === null;
      this.#pulled += this.#chunk?.rowCount ?? 0;
      if (this.most > 0 && this.#pulled > this.most) throw tooManyRows(this.most);
    }
    return this.#chunk === null ? null : { chunk: this.#chunk, row: this.#row };
  }

  /** Passes rows of the chunk that `peek` gave. */
  advance(count: number): void {
    this.#row += count;
    this.position += count;
  }

  async skip(most: number): Promise<number> {
    let skipped = 0;
    while (skipped < most) {
      const next = await this.peek();
      if (next === null) break;
      const count = Math.min(most - skipped, next.chunk.rowCount - next.row);
      this.advance(count);
      skipped += count;
    }
    return skipped;
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#chunk = null;
    await this.source.close();
  }
}
