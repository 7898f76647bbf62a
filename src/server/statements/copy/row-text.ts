import type { CopyOptions } from './copy-options.ts';

const ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
});

/** One row of text or CSV, without the newline. `forced` says which columns are always quoted. */
export function rowText(
  cells: readonly (string | null)[],
  options: CopyOptions,
  forced: readonly boolean[],
): string {
  const { delimiter, nullText } = options;
  const write =
    options.format === 'csv'
      ? (cell: string, index: number): string =>
          csvCell(cell, options, forced[index] === true, cells.length === 1)
      : (cell: string): string => textCell(cell, delimiter);
  return cells.map((cell, index) => (cell === null ? nullText : write(cell, index))).join(delimiter);
}

function textCell(cell: string, delimiter: string): string {
  if (!cell.includes(delimiter) && !/[\\\b\f\n\r\t\v]/.test(cell)) return cell;
  return [...cell].map((one) => ESCAPES[one] ?? (one === delimiter ? `\\${one}` : one)).join('');
}

/** A cell that could be read as NULL, or alone as the end of the data, is quoted. */
function csvCell(cell: string, options: CopyOptions, forced: boolean, alone: boolean): string {
  const { delimiter, quote, escape, nullText } = options;
  const special = cell.includes(delimiter) || cell.includes(quote) || /[\n\r]/.test(cell);
  if (!forced && !special && cell !== nullText && !(alone && cell === '\\.')) return cell;
  const body = cell.replaceAll(escape, escape + escape);
  return quote + (quote === escape ? body : body.replaceAll(quote, escape + quote)) + quote;
}
