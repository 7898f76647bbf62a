import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DOUBLE,
  type DuckDBType,
  INTEGER,
  INTERVAL,
  LIST,
  TIMESTAMP,
  TIMESTAMPTZ,
  UUID,
  VARCHAR,
} from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import type { OutputColumn } from '../dialect/columns/output-columns.ts';
import type { EngineConnection, StatementDescription } from '../engine/engine-connection.ts';
import { castParameters } from './cast-parameters.ts';
import type { PlanShape } from './plan.ts';
import { typedColumns } from './typed-columns.ts';

type Types = readonly (DuckDBType | undefined)[];

/** What a parameter without a type is taken for: the first with which the statement makes sense. */
const GUESSES: readonly DuckDBType[] = Object.freeze([
  ...[VARCHAR, INTEGER, BIGINT, DOUBLE, DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, BOOLEAN, BLOB],
  ...[LIST(VARCHAR), LIST(INTEGER), LIST(BIGINT), LIST(DOUBLE), LIST(UUID)],
]);

/** What DuckDB tells of a statement without running it. `declared` are types that the client gave. */
export async function describeStatement(
  connection: EngineConnection,
  sql: string,
  known: readonly OutputColumn[] | null = null,
  declared: Types = [],
): Promise<PlanShape> {
  const first = await connection.describe(sql);
  const complete = first.parameters.every((type) => type !== undefined);
  const { description, types } = complete
    ? { description: first, types: first.parameters }
    : await completed(connection, sql, first, declared);
  const guessed = types.map((_, at) => first.parameters[at] === undefined && declared[at] === undefined);
  return Object.freeze({
    parameters: types,
    guessed,
    columns: description.returnsRows ? typedColumns(description.columns, known) : null,
  });
}

/** Gives a type to the parameters that DuckDB cannot tell; it describes columns only when it knows them all. */
async function completed(
  connection: EngineConnection,
  sql: string,
  first: StatementDescription,
  declared: Types,
): Promise<{ readonly description: StatementDescription; readonly types: Types }> {
  const casts: (DuckDBType | undefined)[] = first.parameters.map((type, at) =>
    type === undefined ? declared[at] : undefined,
  );
  let description = await connection.describe(castParameters(sql, casts));
  for (const at of first.parameters.keys()) {
    if (first.parameters[at] !== undefined || casts[at] !== undefined) continue;
    const guess = await guessed(connection, sql, casts, at);
    casts[at] = guess.type;
    description = guess.description;
  }
  return { description, types: first.parameters.map((type, at) => type ?? casts[at]) };
}

async function guessed(
  connection: EngineConnection,
  sql: string,
  casts: Types,
  at: number,
): Promise<{ readonly type: DuckDBType; readonly description: StatementDescription }> {
  let refusal: unknown = null;
  for (const type of GUESSES) {
    try {
      const description = await connection.describe(castParameters(sql, casts.with(at, type)));
      return { type, description };
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      refusal ??= error;
    }
  }
  throw new SqlError('42P18', `could not determine data type of parameter $${at + 1}`, {
    hint: `Write a cast, as in $${at + 1}::text.`,
    cause: refusal,
  });
}
