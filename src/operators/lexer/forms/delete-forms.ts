import { withCtes, type FormContext } from './form-context.ts';
import { readTarget } from './target.ts';

/** The condition over the rows to delete, and what RETURNING evaluates over them. */
export function deleteForms(context: FormContext): readonly string[] {
  const { statement } = context;
  const target = readTarget(statement, 2, true);
  const returning = statement.findWord(target.end, 'RETURNING');
  const where = Math.min(statement.findWord(target.end, 'WHERE'), returning);
  const using = Math.min(statement.findWord(target.end, 'USING'), where);
  if (using === statement.length) return [];
  const values = returning < statement.length ? statement.slice(returning + 1).text : '1';
  const others = using < where ? `, ${statement.slice(using + 1, where).text}` : '';
  const condition = where < returning ? ` ${statement.slice(where, returning).text}` : '';
  return [withCtes(context, `SELECT ${values} FROM ${target.from}${others}${condition}`)];
}
