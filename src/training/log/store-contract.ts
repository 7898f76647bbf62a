/**
 * Who asks. The embedded engine answers one query of a connection at a time, so each lane has a connection of its
 * own there and a long query of one delays no other.
 */
export type Lane = 'log' | 'answers' | 'marks' | 'examples' | 'tables' | 'studio' | 'pulse';

export type StoreRow = Readonly<Record<string, unknown>>;

/** ClickHouse, embedded or on a server. Every method throws SqlError 58030 where the store fails. */
export interface Store {
  /** No other process can write: the embedded engine locks its folder. */
  readonly exclusive: boolean;
  query<Row = StoreRow>(lane: Lane, sql: string, parameters?: StoreRow): Promise<readonly Row[]>;
  command(lane: Lane, sql: string): Promise<void>;
  /** One insert; sent again under the same `token` it counts once. On disk when it resolves. */
  insert(lane: Lane, table: string, rows: readonly StoreRow[], token: string): Promise<void>;
  /** Writes the rows of a query to a Parquet file. */
  exportParquet(lane: Lane, sql: string, parameters: StoreRow, file: string): Promise<void>;
  close(): Promise<void>;
}
