import { conflictForms } from './conflict-forms.ts';
import { callsAnything, callsSemantic, textList } from './expressions.ts';
import { withCtes, type FormContext } from './form-context.ts';
import { insertedRows } from './inserted-rows.ts';
import { readInsert, type InsertStatement } from './insert-statement.ts';
import { refusedReturning } from './refused-returning.ts';
import { sourceQuery, valuesRows } from './values-rows.ts';

/** Expressions that one form of a VALUES list holds. */
const CELLS_A_FORM = 500;

/** The source; what ON CONFLICT DO UPDATE evaluates; what RETURNING evaluates over the new rows. */
export function insertForms(context: FormContext): readonly string[] {
  const insert = readInsert(context.statement);
  if (insert.source.isWord(0, 'DEFAULT')) return [];
  return [
    ...sourceForms(context, insert),
    ...conflictForms(context, insert),
    ...returningForms(context, insert),
  ];
}

/**
 * The cells of VALUES that call something, each as a column of one row, since a column of an INSERT may mix types
 * that a VALUES list of its own would have to reconcile.
 */
function sourceForms(context: FormContext, { source }: InsertStatement): readonly string[] {
  if (source.isWord(0, 'VALUES') && !callsAnything(source)) return [];
  const rows = valuesRows(source);
  if (rows === undefined) return [withCtes(context, sourceQuery(source))];
  const cells = rows.flat().filter(callsAnything);
  const forms: string[] = [];
  for (let at = 0; at < cells.length; at += CELLS_A_FORM) {
    forms.push(withCtes(context, `SELECT ${textList(cells.slice(at, at + CELLS_A_FORM))}`));
  }
  return forms;
}

/** In RETURNING the table goes by its own name, not by its alias. */
function returningForms(context: FormContext, insert: InsertStatement): readonly string[] {
  const { returning, conflict, target } = insert;
  if (!callsSemantic(returning, context.operators)) return [];
  if (conflict.findWord(0, 'UPDATE') < conflict.length) throw refusedReturning('ON CONFLICT DO UPDATE');
  return [withCtes(context, `SELECT ${returning.text} FROM ${insertedRows(insert)} AS ${target.bareTable}`)];
}
