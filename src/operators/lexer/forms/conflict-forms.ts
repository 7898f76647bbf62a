import { SqlError } from '../../../errors.ts';
import { assignmentsOf } from './assignments.ts';
import { callsAnything, callsSemantic } from './expressions.ts';
import { withCtes, type FormContext } from './form-context.ts';
import type { InsertStatement } from './insert-statement.ts';
import type { Span } from './span.ts';

/**
 * What DO UPDATE evaluates, over each new row (`excluded`) and the row it conflicts with. Names without a table are
 * those of the target, hence the LATERAL query: there the target is the innermost scope.
 */
export function conflictForms(
  context: FormContext,
  { target, conflict }: InsertStatement,
  insertedRows: string,
): readonly string[] {
  const set = conflict.findWord(0, 'SET');
  if (!callsAnything(conflict.slice(set))) return [];
  const where = conflict.findWord(set, 'WHERE');
  const values = assignmentsOf(conflict.slice(set + 1, where)).map(({ value }) => value);
  const keys = keyEquality(context, conflict, target.name);
  if (keys === undefined) return [];
  const query = `SELECT ${valueList(values)} FROM ${target.from} WHERE ${condition(keys, conflict.slice(where + 1))}`;
  return [
    withCtes(context, `SELECT changed.* FROM ${insertedRows} AS excluded, LATERAL (${query}) AS changed`),
  ];
}

function valueList(values: readonly Span[]): string {
  const called = values.filter(callsAnything).map(({ text }) => text);
  return called.length === 0 ? '1' : called.join(', ');
}

/** The keys guard the rest, lest it be evaluated on rows that do not conflict. */
function condition(keys: string, where: Span): string {
  return where.length === 0 ? keys : `${keys} AND CASE WHEN ${keys} THEN (${where.text}) ELSE false END`;
}

/** Undefined where no key is named and no semantic operator is called, so that nothing needs a form. */
function keyEquality(context: FormContext, conflict: Span, target: string): string | undefined {
  const keys = conflict.isSign(0, '(') ? conflict.inside(0).split() : [];
  if (keys.length > 0 && keys.every((key) => key.length === 1)) {
    return keys.map(({ text }) => `${target}.${text} = excluded.${text}`).join(' AND ');
  }
  if (!callsSemantic(conflict, context.operators)) return undefined;
  throw new SqlError(
    '0A000',
    'ON CONFLICT DO UPDATE can call a semantic operator only where it names its columns',
    {
      hint: 'Write ON CONFLICT (column, …) DO UPDATE.',
    },
  );
}
