import type { EngineConnection } from '../engine/engine-connection.ts';

/** What a sequence gives next, by its schema and name. */
export interface SequencePosition {
  readonly schema: string;
  readonly name: string;
  readonly next: bigint;
  readonly increment: bigint;
}

const POSITIONS = `SELECT schema_name, sequence_name, increment_by::BIGINT,
    coalesce(last_value + increment_by, start_value)::BIGINT
  FROM duckdb_sequences() WHERE database_name = current_database() AND increment_by > 0 ORDER BY 1, 2`;

/** Where the sequences of the session's database stand. */
export async function sequencePositions(connection: EngineConnection): Promise<readonly SequencePosition[]> {
  const rows = await connection.runInternal(POSITIONS);
  return rows.map(([schema, name, increment, next]) => ({
    schema: String(schema),
    name: String(name),
    increment: BigInt(String(increment)),
    next: BigInt(String(next)),
  }));
}

/**
 * Gives what was drawn before a second time: DuckDB never takes a sequence back. While it is begun, a macro of the
 * connection stands before nextval() and draws from temporary sequences, in the open transaction alone.
 */
export class ReplayedSequences {
  constructor(
    private readonly connection: EngineConnection,
    private readonly from: readonly SequencePosition[],
  ) {}

  async begin(): Promise<void> {
    for (const [at, { next: start, increment }] of this.from.entries()) {
      await this.connection.runInternal(
        `CREATE TEMP SEQUENCE ${shadow(at)} MINVALUE ${start < 1n ? start : 1n} START ${start} INCREMENT BY ${increment}`,
      );
    }
    const cases = this.from.flatMap((sequence, at) =>
      spellings(sequence).map((name) => `WHEN ${text(name)} THEN ${next(at)}`),
    );
    // DuckDB wants a sequence's name as a constant: a case for each.
    await this.connection.runInternal(
      `CREATE TEMP MACRO nextval(s) AS CASE s ${cases.join(' ')} ELSE error('another sequence') END`,
    );
  }

  /** Gives whether they stand at `to`: else another session drew from them in between, and values may be its own. */
  async end(to: readonly SequencePosition[]): Promise<boolean> {
    const wanted = new Map(to.map((position) => [key(position), position.next]));
    const rows = await this.connection.runInternal(
      `SELECT sequence_name, coalesce(last_value + increment_by, start_value)::BIGINT
       FROM duckdb_sequences() WHERE database_name = 'temp'`,
    );
    const reached = new Map(rows.map(([name, next]) => [String(name), BigInt(String(next))]));
    await this.connection.runInternal('DROP MACRO temp.main.nextval');
    for (const at of this.from.keys())
      await this.connection.runInternal(`DROP SEQUENCE temp.main.${shadow(at)}`);
    return this.from.every((position, at) => reached.get(shadow(at)) === wanted.get(key(position)));
  }
}

function next(at: number): string {
  return `system.main.nextval(${text(`temp.main.${shadow(at)}`)})`;
}

function shadow(at: number): string {
  return `rvbbit_replayed_${at}`;
}

function key({ schema, name }: SequencePosition): string {
  return JSON.stringify([schema, name]);
}

function spellings({ schema, name }: SequencePosition): readonly string[] {
  const names = [name, quoted(name)];
  const full = [schema, quoted(schema)].flatMap((first) => names.map((last) => `${first}.${last}`));
  return [...new Set(schema === 'main' ? [...names, ...full] : full)];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
