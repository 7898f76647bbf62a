import { applyEdits } from '../source-map.ts';
import { isDefault } from './expressions.ts';
import type { Span } from './span.ts';

/** The cells of `VALUES (…), (…)` by row; undefined where the source is anything else. */
export function valuesRows(source: Span): readonly (readonly Span[])[] | undefined {
  if (!source.isWord(0, 'VALUES')) return undefined;
  const rows = source.slice(1).split();
  const plain = rows.every((row) => row.isSign(0, '(') && row.closing(0) === row.length);
  return plain ? rows.map((row) => row.inside(0).split()) : undefined;
}

/** The source of an INSERT as a query: a DEFAULT, which only an INSERT knows, is NULL. */
export function sourceQuery(source: Span): string {
  const { start } = source.at(0);
  const defaults = (valuesRows(source) ?? []).flat().filter(isDefault);
  const edits = defaults.map((cell) => ({
    start: cell.at(0).start - start,
    end: cell.at(0).end - start,
    text: 'NULL',
  }));
  return applyEdits(source.text, edits).sql;
}
