import { SqlError } from '../../../errors.ts';
import { assignmentsOf } from './assignments.ts';
import { callsAnything, callsSemantic, textList } from './expressions.ts';
import { withCtes, type FormContext } from './form-context.ts';
import { insertedRows } from './inserted-rows.ts';
import type { InsertStatement } from './insert-statement.ts';
import type { Span } from './span.ts';
import type { Target } from './target.ts';

/**
 * What ON CONFLICT DO UPDATE evaluates. DuckDB runs it as a MERGE: the values on every new row, beside the row it
 * conflicts with or NULLs, and the condition where there is a conflict.
 */
export function conflictForms(context: FormContext, insert: InsertStatement): readonly string[] {
  const { conflict, target } = insert;
  const set = conflict.findWord(0, 'SET');
  if (!callsAnything(conflict.slice(set))) return [];
  const keys = keysOf(context, conflict);
  if (keys.length === 0) return [];
  const where = conflict.findWord(set, 'WHERE');
  const values = assignmentsOf(conflict.slice(set + 1, where)).map(({ value }) => value);
  const condition = conflict.slice(where + 1);
  const pairs = (join: string) => pairedRows(insertedRows(insert), join, target, keys);
  return [
    ...formOf(values.filter(callsAnything), pairs('LEFT JOIN')),
    ...formOf([condition].filter(callsAnything), pairs('JOIN')),
  ].map((form) => withCtes(context, form));
}

function formOf(expressions: readonly Span[], rows: string): readonly string[] {
  return expressions.length === 0 ? [] : [`SELECT ${textList(expressions)} FROM ${rows}`];
}

/** The columns of the target under its name, as a name without a table means them, and the new row as `excluded`. */
function pairedRows(newRows: string, join: string, target: Target, keys: readonly string[]): string {
  const equal = keys.map((key) => `existing.${key} = excluded.${key}`).join(' AND ');
  const pairs = `SELECT excluded, existing FROM ${newRows} AS excluded ${join} ${target.table} AS existing ON ${equal}`;
  return `(SELECT excluded, unnest(existing) FROM (${pairs})) AS ${target.name}`;
}

/** None where no key is named and no semantic operator is called, so that nothing needs a form. */
function keysOf(context: FormContext, conflict: Span): readonly string[] {
  const keys = conflict.isSign(0, '(') ? conflict.inside(0).split() : [];
  if (keys.length > 0 && keys.every((key) => key.length === 1)) return keys.map(({ text }) => text);
  if (!callsSemantic(conflict, context.operators)) return [];
  throw refusedConflict();
}

function refusedConflict(): SqlError {
  const message = 'ON CONFLICT DO UPDATE can call a semantic operator only where it names its columns';
  return new SqlError('0A000', message, { hint: 'Write ON CONFLICT (column, …) DO UPDATE.' });
}
