import type { A_Expr, FuncCall, Node, TypeCast } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import {
  bodyOf,
  call,
  castTo,
  integerOf,
  lastName,
  nameParts,
  textConstant,
  textOf,
  without,
} from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** EXTRACT, intervals as PostgreSQL writes them, and their division. */
export const timeParts: Transform = {
  name: 'time-parts',
  visit: { FuncCall: part, TypeCast: intervalLiteral, A_Expr: intervalDivision },
};

const FRACTIONAL: ReadonlySet<string> = new Set(['second', 'seconds', 'millisecond', 'milliseconds']);

function part({ funcname, args = [] }: FuncCall): Node | undefined {
  const name = lastName(funcname);
  const [field, source] = args;
  const text = textOf(field)?.toLowerCase();
  if (source === undefined || field === undefined) return undefined;
  if (name === 'generate_series') return timeSeries(args);
  if (name === 'date_trunc' && isInterval(source) === false && args.length === 2)
    return truncated(field, source);
  if (name !== 'extract' && name !== 'date_part') return undefined;
  if (text !== undefined && FRACTIONAL.has(text))
    return catalogCall(text.startsWith('s') ? '_seconds' : '_milliseconds', [source]);
  return name === 'extract' ? call(['date_part'], args) : undefined;
}

/** Texts beside a date or a time are times and an interval; a series of dates is one of points in time. */
function timeSeries(args: readonly Node[]): Node | undefined {
  const [from, to, step] = args;
  const type = lastName(bodyOf(from, 'TypeCast')?.typeName?.names);
  if (
    from === undefined ||
    to === undefined ||
    step === undefined ||
    !/^(?:date|timestamp|timestamptz)$/.test(type)
  )
    return undefined;
  const series = type === 'date' ? 'timestamptz' : type;
  const width = textOf(step) === undefined ? step : castTo(step, 'interval');
  if (type !== 'date' && textOf(to) === undefined && width === step) return undefined;
  return call(['generate_series'], [castTo(from, series), castTo(to, series), width]);
}

/** A date is truncated to a point in time. */
function truncated(field: Node, source: Node): Node | undefined {
  const type = lastName(bodyOf(source, 'TypeCast')?.typeName?.names);
  return type === 'date' ? call(['date_trunc'], [field, castTo(source, 'timestamptz')]) : undefined;
}

const UNITS: Readonly<Record<number, string>> = {
  4: 'year',
  2: 'month',
  8: 'day',
  1024: 'hour',
  2048: 'minute',
  4096: 'second',
};

/** interval '1' year, '1-2' and '3 4:05:06'. */
function intervalLiteral(body: TypeCast): Node | undefined {
  const text = textOf(body.arg);
  const { typeName } = body;
  if (text === undefined || typeName === undefined || lastName(typeName.names) !== 'interval')
    return undefined;
  const unit = UNITS[integerOf(typeName.typmods?.[0]) ?? 0];
  const written = unit !== undefined && /^\s*[-+]?\d+\s*$/.test(text) ? `${text} ${unit}` : standard(text);
  if (written === text && typeName.typmods === undefined) return undefined;
  return { TypeCast: { ...body, arg: textConstant(written), typeName: without(typeName, 'typmods') } };
}

function standard(text: string): string {
  return text
    .replace(/^\s*(\d+)-(\d+)(?=\s|$)/, '$1 years $2 months')
    .replace(/(^|\s)(\d+)\s+(\d+:\d+)/, '$1$2 days $3');
}

function intervalDivision({ kind, name, lexpr, rexpr }: A_Expr): Node | undefined {
  if (kind !== 'AEXPR_OP' || nameParts(name).at(-1) !== '/' || lexpr === undefined || rexpr === undefined)
    return undefined;
  return isInterval(lexpr) ? call(['system', 'main', '/'], [lexpr, rexpr]) : undefined;
}

function isInterval(node: Node): boolean {
  return lastName(bodyOf(node, 'TypeCast')?.typeName?.names) === 'interval';
}
