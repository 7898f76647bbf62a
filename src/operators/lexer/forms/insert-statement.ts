import type { Span } from './span.ts';
import { readTarget, type Target } from './target.ts';

/** The parts of an INSERT. */
export interface InsertStatement {
  readonly target: Target;
  /** The names in parentheses, as text; null where none are listed. */
  readonly columns: string | null;
  readonly byName: boolean;
  readonly source: Span;
  /** Behind ON CONFLICT; empty if there is none. */
  readonly conflict: Span;
  /** Behind RETURNING; empty if there is none. */
  readonly returning: Span;
}

export function readInsert(statement: Span): InsertStatement {
  const into = statement.findWord(0, 'INTO');
  const target = readTarget(statement, into + 1, false);
  const columns = columnsEnd(statement, target.end);
  const byName = statement.isWord(columns, 'BY') && statement.isWord(columns + 1, 'NAME');
  const source = sourceStart(statement, columns);
  const returning = statement.findWord(source, 'RETURNING');
  const conflict = statement.find(source, (_, at) => isOnConflict(statement, at));
  return {
    target,
    columns: columns > target.end ? statement.slice(target.end + 1, columns - 1).text : null,
    byName,
    source: statement.slice(source, Math.min(conflict, returning)),
    conflict: statement.slice(Math.min(conflict + 2, returning), returning),
    returning: statement.slice(returning + 1),
  };
}

function columnsEnd(statement: Span, index: number): number {
  if (!statement.isSign(index, '(')) return index;
  const isQuery = statement.isWord(
    index + 1,
    'SELECT',
    'WITH',
    'FROM',
    'VALUES',
    'TABLE',
    'PIVOT',
    'UNPIVOT',
  );
  return isQuery || statement.isSign(index + 1, '(') ? index : statement.closing(index);
}

/** Behind `BY NAME`, `BY POSITION` and `OVERRIDING … VALUE`. */
function sourceStart(statement: Span, index: number): number {
  if (statement.isWord(index, 'BY')) return sourceStart(statement, index + 2);
  if (statement.isWord(index, 'OVERRIDING')) return sourceStart(statement, index + 3);
  return index;
}

function isOnConflict(statement: Span, at: number): boolean {
  return statement.isWord(at, 'ON') && statement.isWord(at + 1, 'CONFLICT');
}
