import type { Node } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { integerConstant, textConstant } from '../syntax-tree.ts';

/** Patterns made of these only are understood: digits, group separators, one point, a sign, FM, and a currency sign. */
const KNOWN = /^(FM)?([$]?)([09,G]*)(?:([.D])([09]*))?$/;

/** to_char of a number; undefined for a pattern that is not understood, of which DuckDB then says that it has no to_char. */
export function numberFormat(value: Node, pattern: string): Node | undefined {
  const match = KNOWN.exec(pattern);
  if (match === null) return undefined;
  const [, fill, currency = '', whole = '', point, fraction = ''] = match;
  const digits = whole.replace(/[^09]/g, '');
  const leastDigits = digits.includes('0')
    ? digits.length - digits.indexOf('0')
    : point === undefined || digits === ''
      ? 1
      : 0;
  const optional = fill === undefined ? 0 : (/9+$/.exec(fraction)?.[0].length ?? 0);
  const width =
    fill === undefined
      ? whole.length + 1 + currency.length + (point === undefined ? 0 : fraction.length + 1)
      : 0;
  return catalogCall('_format_number', [
    value,
    integerConstant(leastDigits),
    integerConstant(fraction.length),
    integerConstant(optional),
    { A_Const: { boolval: { boolval: /[,G]/.test(whole) } } },
    textConstant(currency),
    integerConstant(width),
    integerConstant(digits.length),
  ]);
}
