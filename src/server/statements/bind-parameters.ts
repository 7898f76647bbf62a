import { DuckDBListValue, type DuckDBType, type DuckDBValue, LIST } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import { utf8 } from '../wire/utf8.ts';
import type { BindMessage, FormatCode } from '../wire/frontend/frontend-message.ts';
import type { ColumnType } from '../wire/types/column-type.ts';
import type { TextStyle } from '../wire/types/text-style.ts';
import { widened } from './guessed-type.ts';
import type { PlanShape } from './plan.ts';
import type { BoundParameters } from './bound-parameters.ts';

/** The values of a Bind message. Throws SqlError that names the parameter. */
export function bindParameters(
  { values, parameterFormats }: Pick<BindMessage, 'values' | 'parameterFormats'>,
  told: readonly ColumnType[],
  { parameters: inferred, guessed = [] }: PlanShape,
  style: TextStyle,
): BoundParameters {
  if (parameterFormats.length > 1 && parameterFormats.length !== values.length) {
    throw new SqlError(
      '08P01',
      `bind message has ${parameterFormats.length} parameter formats but ${values.length} parameters`,
    );
  }
  const formatOf = (index: number): FormatCode =>
    (parameterFormats.length === 1 ? parameterFormats[0] : parameterFormats[index]) ?? 0;
  const types = values.map((bytes, index) => {
    const type = told[index];
    const open = guessed[index] === true && bytes !== null && formatOf(index) === 0;
    return type !== undefined && open ? widened(type, utf8(bytes)) : type;
  });
  const bound = values.map((bytes, index) => decode(bytes, types[index], formatOf(index), style, index));
  return {
    values: bound,
    types: bound.map((value, index) => boundType(value, types[index], inferred[index])),
  };
}

function decode(
  bytes: Buffer | null,
  type: ColumnType | undefined,
  format: FormatCode,
  style: TextStyle,
  index: number,
): DuckDBValue {
  if (bytes === null || type === undefined) return null;
  try {
    return format === 0 ? type.codec.fromText(utf8(bytes), style) : type.codec.fromBinary(bytes, style);
  } catch (error) {
    throw atParameter(error, index);
  }
}

function atParameter(error: unknown, index: number): unknown {
  if (!(error instanceof SqlError)) return error;
  return new SqlError(error.code, error.message, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    detail: error.detail ?? `Parameter $${index + 1}.`,
    cause: error,
  });
}

/** A numeric brings its own width and scale; a NULL has the type that DuckDB inferred. */
function boundType(
  value: DuckDBValue,
  type: ColumnType | undefined,
  inferred: DuckDBType | undefined,
): DuckDBType | undefined {
  if (value === null) return inferred ?? type?.codec.duckType;
  if (type === undefined || type.codec.name === 'numeric') return undefined;
  return nested(type.codec.duckType, value);
}

/** PostgreSQL's array types have any number of dimensions: a list of lists shows how many. */
function nested(type: DuckDBType, value: DuckDBValue): DuckDBType {
  if (!(value instanceof DuckDBListValue)) return type;
  const inner = value.items.find((item) => item instanceof DuckDBListValue);
  return inner === undefined ? type : LIST(nested(type, inner));
}
