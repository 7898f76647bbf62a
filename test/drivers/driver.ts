/** A row as a driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** What a driver is asked to do; each does it in its own way. */
export interface DriverSession {
  /** Makes the tables `everything` and `numbers` with the driver's own mechanism; a second time changes nothing. */
  migrate(): Promise<void>;
  /** One row of `everything`; its columns are those of `EVERYTHING`. */
  insert(row: Row): Promise<void>;
  /** All rows of `everything` by id. */
  everything(): Promise<readonly Row[]>;
  /** Any statement, with `$1`, `$2` … */
  rows(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]>;
  /** `numbers` in order, some at a time. */
  pages(size: number): AsyncIterable<readonly number[]>;
  /** Begins `sql`, stops it and gives the error. */
  cancel(sql: string): Promise<unknown>;
  /** Adds `kept` to `numbers`, fails to add `taken` in a nested transaction, adds `after` and commits. */
  nested(kept: number, taken: number, after: number): Promise<void>;
  close(): Promise<void>;
}

export interface Driver {
  readonly name: string;
  /** `url` names a database of its own. */
  open(url: string): Promise<DriverSession>;
}

/** The columns that every driver's migration makes, in PostgreSQL's words. */
export const EVERYTHING_DDL = `CREATE TABLE IF NOT EXISTS everything (
  id SERIAL PRIMARY KEY, b BOOLEAN, i2 SMALLINT, i4 INTEGER, i8 BIGINT, f4 REAL, f8 DOUBLE PRECISION, n NUMERIC(12, 3),
  t TEXT, v VARCHAR(20), y BYTEA, d DATE, ti TIME, ts TIMESTAMP, tz TIMESTAMPTZ, iv INTERVAL, u UUID, j JSON, jb JSONB,
  ia INTEGER[], ta TEXT[])`;
export const NUMBERS_DDL = 'CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY)';

/** A value of each type, as it is given to a driver. */
export const EVERYTHING: Row = Object.freeze({
  b: true,
  i2: -7,
  i4: 2147483647,
  i8: '9007199254740993',
  f4: 1.5,
  f8: 0.1,
  n: '12.500',
  t: "O'Reilly ☃\n\\",
  v: 'abc',
  y: Buffer.from('00ffde', 'hex'),
  d: '2024-02-29',
  ti: '12:34:56.789',
  ts: '2024-02-29 12:34:56.789',
  tz: '2024-02-29 12:34:56.789+02',
  iv: '1 year 2 mons 3 days 04:05:06',
  u: '550e8400-e29b-41d4-a716-446655440000',
  j: { a: [1, null], b: 'x' },
  jb: { a: [1, null], b: 'x' },
  ia: [1, -2, 3],
  ta: ['x', 'y,z', ''],
});

export const COLUMNS: readonly string[] = Object.freeze(Object.keys(EVERYTHING));

/** What comes back, in one form whatever a driver makes of it. */
export const EVERYTHING_BACK: Row = Object.freeze({
  ...EVERYTHING,
  i2: '-7',
  i4: '2147483647',
  f4: '1.5',
  f8: '0.1',
  y: '00ffde',
  d: '2024-02-29',
  ts: '2024-02-29 12:34:56.789',
  tz: '2024-02-29 10:34:56.789',
  iv: '1,2,3,4,5,6',
  j: '{"a":[1,null],"b":"x"}',
  jb: '{"a":[1,null],"b":"x"}',
  ia: '[1,-2,3]',
  ta: '["x","y,z",""]',
});

export function plainRow(row: Row): Row {
  return Object.fromEntries(COLUMNS.map((name) => [name, plain(name, row[name])]));
}

function plain(name: string, value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (name === 'iv') return intervalParts(value);
  if (value instanceof Date) return dateText(name, value.toISOString());
  if (typeof value === 'object') return JSON.stringify(value);
  return name === 'tz' || name === 'ts' ? dateText(name, String(value)) : String(value);
}

function dateText(name: string, text: string): string {
  return name === 'd' ? text.slice(0, 10) : text.replace('T', ' ').slice(0, 23);
}

function intervalParts(value: unknown): string {
  if (typeof value === 'string') return (value.match(/\d+/g) ?? []).map(Number).join(',');
  const parts = value as Readonly<Record<string, number>>;
  return ['years', 'months', 'days', 'hours', 'minutes', 'seconds'].map((part) => parts[part] ?? 0).join(',');
}
