import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { TextStyle } from './text-style.ts';

/** A value that is there: NULL never reaches a codec. */
export type PresentValue = Exclude<DuckDBValue, null>;

/** How values of one PostgreSQL type stand on the wire, both ways. */
export interface PgCodec {
  readonly name: string;
  readonly oid: number;
  /** Oid of the type's array; 0 where there is none. */
  readonly arrayOid: number;
  /** Bytes of a value as pg_type has it; -1 where they vary. */
  readonly length: number;
  /** The DuckDB type that a parameter of this type is bound as. */
  readonly duckType: DuckDBType;
  /** Of an array: the type of what it holds. */
  readonly element?: PgCodec;
  /** The text form that PostgreSQL gives. */
  text(value: PresentValue, style: TextStyle): string;
  /** The binary form of PostgreSQL's send function. */
  binary(value: PresentValue, style: TextStyle): Uint8Array;
  /** Throws SqlError 22P02 and its kin on text that is no such value. */
  fromText(text: string, style: TextStyle): PresentValue;
  /** Throws SqlError 22P03 on bytes that are no such value. */
  fromBinary(bytes: Buffer, style: TextStyle): PresentValue;
}
