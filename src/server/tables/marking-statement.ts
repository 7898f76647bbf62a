import { SqlError } from '../../errors.ts';
import { functionCalls } from './function-calls.ts';
import { conflictClause } from './upsert.ts';

/** The arguments of mark_trainable, in their order; the columns of an annotation. */
const COLUMNS = ['trace_id', 'trainable', 'verified', 'confidence', 'notes', 'tags', 'correction'] as const;

const NAMED = /^(\w+)\s*(?::=|=>)\s*([^]*)$/;

/**
 * `SELECT mark_trainable(trace_id, trainable, verified, confidence, notes, tags, correction) [FROM …]` as the upsert
 * that it means: arguments may be named, those left out keep their value, and trainable is true where it is left out.
 * Null for any other statement. Throws SqlError 42601 where mark_trainable is not the whole target list.
 */
export function markingStatement(sql: string): string | null {
  const [call, ...others] = functionCalls(sql, new Set(['mark_trainable']));
  if (call === undefined) return null;
  const before = sql.slice(0, call.start);
  const rest = /^\s*(?:as\s+(?:"[^"]*"|\w+)\s*)?(?=$|;|from\b|where\b|order\b|limit\b)/i.exec(
    sql.slice(call.end),
  );
  if (others.length > 0 || !/^\s*select\s*$/i.test(before) || rest === null) throw notAlone();
  const values = valuesOf(call.args);
  const columns = [...values.keys()];
  const tail = sql.slice(call.end + rest[0].length).replace(/;\s*$/, '');
  return (
    `INSERT INTO training_annotations (${columns.join(', ')}) SELECT ${[...values.values()].join(', ')} ${tail} ` +
    `${conflictClause(columns)} RETURNING trace_id AS mark_trainable`
  );
}

function valuesOf(args: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [at, arg] of args.entries()) {
    const [, name, value] = NAMED.exec(arg) ?? [];
    const column = COLUMNS.find((one, place) =>
      name === undefined ? place === at : one === name.toLowerCase(),
    );
    if (column === undefined) throw notKnown(name ?? `argument ${at + 1}`);
    values.set(column, value ?? arg);
  }
  if (!values.has('trace_id')) throw notKnown('a call without a trace_id');
  if (!values.has('trainable')) values.set('trainable', 'true');
  return values;
}

function notKnown(what: string): SqlError {
  return new SqlError('42883', `mark_trainable does not take ${what}`, {
    hint: `mark_trainable(${COLUMNS.join(', ')})`,
  });
}

function notAlone(): SqlError {
  return new SqlError('42601', 'mark_trainable stands alone after SELECT', {
    hint: 'SELECT mark_trainable(trace_id, true) FROM unified_logs WHERE …, or INSERT INTO training_annotations.',
  });
}
