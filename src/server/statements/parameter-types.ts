import type { DuckDBType } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import { codecOfOid } from '../wire/types/codec-table.ts';
import type { ColumnType } from '../wire/types/column-type.ts';
import { text } from '../wire/types/text.ts';
import type { PlanShape } from './plan.ts';
import { typeOf } from './typed-columns.ts';

/** Types of `$1`, `$2`, …: what the client declared, else what a cast says, else what DuckDB inferred, else text. 0 declares nothing. */
export function parameterTypes(shape: PlanShape, declared: readonly number[]): readonly ColumnType[] {
  const count = Math.max(shape.parameters.length, declared.length);
  return Array.from({ length: count }, (_, index) =>
    parameterType(shape.parameters[index], declared[index] ?? 0, shape.cast?.[index] ?? null),
  );
}

const UNKNOWN = 705;

/** The DuckDB types of declared oids; undefined where nothing is declared. Throws SqlError 42704. */
export function declaredTypes(oids: readonly number[]): readonly (DuckDBType | undefined)[] {
  return oids.map((oid) => (oid === 0 || oid === UNKNOWN ? undefined : declaredType(oid).codec.duckType));
}

function parameterType(
  inferred: PlanShape['parameters'][number],
  oid: number,
  cast: number | null,
): ColumnType {
  if (oid !== 0 && oid !== UNKNOWN) return declaredType(oid);
  return inferred === undefined ? { codec: text, typmod: -1 } : typeOf(inferred, cast);
}

function declaredType(oid: number): ColumnType {
  const codec = codecOfOid(oid);
  if (codec === undefined) throw new SqlError('42704', `type with OID ${oid} does not exist`);
  return { codec, typmod: -1 };
}
