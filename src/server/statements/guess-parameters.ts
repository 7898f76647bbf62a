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
import type { StatementDescription } from '../engine/engine-connection.ts';
import { castParameters, parameterOffsets } from './cast-parameters.ts';

type Types = readonly (DuckDBType | undefined)[];
type Describe = (sql: string) => Promise<StatementDescription>;

/** What a parameter without a type is taken for: the first with which the statement makes sense. */
const GUESSES: readonly DuckDBType[] = Object.freeze([
  ...[VARCHAR, INTEGER, BIGINT, DOUBLE, DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, BOOLEAN, BLOB],
  ...[LIST(VARCHAR), LIST(INTEGER), LIST(BIGINT), LIST(DOUBLE), LIST(UUID)],
]);

/** What DuckDB says where types do not fit; an error of another kind (no such table) is told as it is. */
const TYPE_FAULTS: ReadonlySet<string> = new Set([
  '42883',
  '42804',
  '42601',
  '42846',
  '0A000',
  '22P02',
  '22023',
]);

export interface GuessedTypes {
  readonly types: Types;
  readonly description: StatementDescription;
}

/**
 * Finds types for the parameters that `types` leaves open. DuckDB reports nothing while one is open, so all are set
 * at once, and where it refuses, the one next to the place of its complaint gets the next type.
 */
export async function guessParameters(describe: Describe, sql: string, types: Types): Promise<GuessedTypes> {
  const open = [...types.keys()].filter((at) => types[at] === undefined);
  const chosen = new Map(open.map((at) => [at, 0]));
  const offsets = parameterOffsets(sql);
  for (;;) {
    const guess = types.map((type, at) => type ?? GUESSES[chosen.get(at) ?? 0]);
    const { sql: typed, map } = castParameters(sql, guess);
    try {
      return { types: guess, description: await describe(typed) };
    } catch (error) {
      if (!(error instanceof SqlError) || !TYPE_FAULTS.has(error.code)) throw error;
      const place = error.position === undefined ? 0 : map.toSource(error.position - 1);
      const next = open
        .filter((at) => (chosen.get(at) ?? 0) + 1 < GUESSES.length)
        .sort((a, b) => distance(offsets, a, place) - distance(offsets, b, place))[0];
      if (next === undefined) throw undetermined(error, open);
      chosen.set(next, (chosen.get(next) ?? 0) + 1);
    }
  }
}

function distance(offsets: readonly (readonly number[])[], at: number, place: number): number {
  return Math.min(...(offsets[at] ?? []).map((offset) => Math.abs(offset - place)));
}

function undetermined(error: SqlError, [first = 0]: readonly number[]): SqlError {
  return new SqlError('42P18', `could not determine data type of parameter $${first + 1}`, {
    hint: `Write a cast, as in $${first + 1}::text.`,
    cause: error,
  });
}
