import { SqlError } from '../../errors.ts';

/** One statement of a text that a client sent. */
export interface SourceStatement {
  readonly text: string;
  /** Where `text` begins in what the client sent, in UTF-16 units. */
  readonly start: number;
}

/** The error with its position counted in what the client sent; `toSource` leads back from where it was counted. */
export function atSource(
  error: unknown,
  statement: SourceStatement,
  toSource: (offset: number) => number,
): unknown {
  if (!(error instanceof SqlError) || error.position === undefined) return error;
  const offset = Math.min(toSource(error.position - 1), statement.text.length);
  return withPosition(error, characters(statement, offset));
}

/** The error where the statement names something at `offset` of its text. */
export function errorAt(statement: SourceStatement, offset: number, code: string, message: string): SqlError {
  return new SqlError(code, message, { position: statement.start + offset + 1 });
}

function withPosition(error: SqlError, position: number): SqlError {
  return new SqlError(error.code, error.message, {
    severity: error.severity,
    position,
    cause: error.cause ?? error,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

function characters(statement: SourceStatement, offset: number): number {
  return statement.start + offset + 1;
}
