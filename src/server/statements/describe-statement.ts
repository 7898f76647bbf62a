import type { DuckDBType } from '@duckdb/node-api';
import type { OutputColumn } from '../dialect/columns/output-column.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import { withoutParameters } from './cast-parameters.ts';
import { guessParameters } from './guess-parameters.ts';
import type { PlanShape } from './plan.ts';
import { typedColumns } from './typed-columns.ts';

/** What DuckDB tells of a statement without running it. `declared` are types that the client gave, by position. */
export async function describeStatement(
  connection: EngineConnection,
  sql: string,
  known: readonly OutputColumn[] | null = null,
  declared: readonly (DuckDBType | undefined)[] = [],
): Promise<PlanShape> {
  const first = await connection.describe(sql);
  const complete = first.parameters.every((type) => type !== undefined);
  const wanted = first.parameters.map((type, at) => type ?? declared[at]);
  const { description, types } = complete
    ? { description: first, types: first.parameters }
    : await guessParameters((typed) => connection.describe(typed), sql, wanted);
  const planned =
    description.unplanned === true ? await connection.describe(withoutParameters(sql, types)) : description;
  return Object.freeze({
    parameters: types,
    guessed: wanted.map((type) => type === undefined),
    columns: planned.returnsRows ? typedColumns(planned.columns, known) : null,
  });
}
