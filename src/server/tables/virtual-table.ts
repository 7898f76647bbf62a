/** DuckDB's type of a column, and with it the way from ClickHouse. */
export type VirtualType = 'VARCHAR' | 'VARCHAR[]' | 'BOOLEAN' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'TIMESTAMP';

export interface VirtualColumn {
  readonly name: string;
  readonly type: VirtualType;
  /** False where every row has a value. */
  readonly nullable: boolean;
}

/** A relation of ClickHouse that SQL sees as a table of DuckDB. */
export interface VirtualTable {
  readonly name: string;
  readonly columns: readonly VirtualColumn[];
  /** What stands after FROM in ClickHouse. */
  readonly source: string;
  /** What SQL sees in `information_schema`: only training_annotations takes rows. */
  readonly writable: boolean;
  /** The column that no row of DuckDB's table may lack. */
  readonly key?: string;
  /** The server makes its rows; `source` is then nothing to read. */
  readonly computed?: boolean;
  /** Its rows come from memory alone, so that nobody has to wait for the log. */
  readonly fromMemory?: boolean;
  /** Takes DELETE, and no other change. */
  readonly deletable?: boolean;
}

type ColumnSpec = readonly [name: string, type: VirtualType, nullable?: 'null'];

/** Columns of a table from compact triples. */
export function virtualColumns(specs: readonly ColumnSpec[]): readonly VirtualColumn[] {
  return Object.freeze(
    specs.map(([name, type, nullable]) => Object.freeze({ name, type, nullable: nullable === 'null' })),
  );
}
