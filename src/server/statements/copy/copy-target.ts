import { type DuckDBType, type DuckDBValue, LIST, VARCHAR } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import type { PgCodec } from '../../wire/types/pg-codec.ts';
import type { TypedColumn } from '../../wire/types/typed-column.ts';
import type { TextStyle } from '../../wire/types/text-style.ts';
import { quotedName } from '../internal-query.ts';
import type { RawCell, RawRow } from './row-decoder.ts';

/** Types whose values are bound as they are; the others go in as text, which DuckDB casts. */
const DIRECT: ReadonlySet<string> = new Set(
  'bool int2 int4 int8 float4 float8 text varchar bpchar name json bytea date time timestamp timestamptz interval uuid'.split(
    ' ',
  ),
);

interface TargetColumn {
  readonly name: string;
  readonly codec: PgCodec;
  /** What the values are bound as. */
  readonly boundType: DuckDBType;
  readonly direct: boolean;
}

/** The table and columns that a COPY fills. */
export class CopyTarget {
  readonly columns: readonly TargetColumn[];

  constructor(
    /** As SQL names it. */
    private readonly table: string,
    columns: readonly TypedColumn[],
  ) {
    this.columns = columns.map(targetColumn);
  }

  /** One INSERT for any number of rows: a list of values a column. */
  get insert(): string {
    const names = this.columns.map(({ name }) => quotedName(name)).join(', ');
    const values = this.columns.map(
      ({ boundType }, index) => `unnest($${index + 1}::${String(boundType)}[])`,
    );
    return `INSERT INTO ${this.table} (${names}) SELECT ${values.join(', ')}`;
  }

  get listTypes(): readonly DuckDBType[] {
    return this.columns.map(({ boundType }) => LIST(boundType));
  }

  /** Throws SqlError that names the line, and the column where one is at fault. */
  valuesOf(row: RawRow, style: TextStyle): readonly DuckDBValue[] {
    if (row.cells.length > this.columns.length)
      throw atLine(new SqlError('22P04', 'extra data after last expected column'), row);
    return this.columns.map((column, index) => {
      const cell = row.cells[index];
      if (cell === undefined)
        throw atLine(new SqlError('22P04', `missing data for column "${column.name}"`), row);
      return this.#value(column, cell, row, style);
    });
  }

  #value(column: TargetColumn, cell: RawCell, row: RawRow, style: TextStyle): DuckDBValue {
    if (cell === null) return null;
    try {
      const { codec, direct } = column;
      if (typeof cell !== 'string') return bound(codec.fromBinary(cell, style), column);
      return direct ? codec.fromText(cell, style) : bound(codec.fromText(cell, style), column);
    } catch (error) {
      throw atLine(error, row, column.name);
    }
  }
}

function bound(value: DuckDBValue, { direct }: TargetColumn): DuckDBValue {
  return direct ? value : String(value);
}

function targetColumn({ name, type: { codec } }: TypedColumn): TargetColumn {
  const direct = DIRECT.has(codec.name);
  return Object.freeze({ name, codec, direct, boundType: direct ? codec.duckType : VARCHAR });
}

/** PostgreSQL says the line in the error's context. */
export function atLine(error: unknown, row: Pick<RawRow, 'line'>, column?: string): unknown {
  if (!(error instanceof SqlError)) return error;
  const place = column === undefined ? `line ${row.line}` : `line ${row.line}, column ${column}`;
  return new SqlError(error.code, error.message, {
    detail: error.detail === undefined ? `COPY, ${place}.` : `COPY, ${place}. ${error.detail}`,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error,
  });
}
