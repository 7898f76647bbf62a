import type { FuncCall, Node } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { call, castTo, lastName, stringNode, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';
import { numberFormat } from './number-format.ts';

/** to_char, to_date and to_timestamp with a constant format; DuckDB's strftime and strptime do the work. */
export const dateFormats: Transform = {
  name: 'date-formats',
  visit: { FuncCall: formatted },
};

function formatted({ funcname, args = [] }: FuncCall): Node | undefined {
  const [value, format] = args;
  const text = textOf(format);
  if (value === undefined || text === undefined || args.length !== 2) return undefined;
  switch (lastName(funcname)) {
    case 'to_char':
      return /[09]/.test(text)
        ? numberFormat(value, text)
        : joined(pieces(text).map((piece) => written(piece, value)));
    case 'to_date':
      return castTo(parsedTime(value, text), 'date');
    case 'to_timestamp':
      return castTo(parsedTime(value, text), 'timestamptz');
    default:
      return undefined;
  }
}

function parsedTime(value: Node, format: string): Node {
  const pattern = pieces(format).map((piece) =>
    piece.field ? (PARSED[piece.text.toUpperCase()] ?? piece.text) : piece.text.replaceAll('%', '%%'),
  );
  return call(['strptime'], [castTo(value, 'text'), textConstant(pattern.join(''))]);
}

interface Piece {
  readonly text: string;
  readonly field: boolean;
  /** FM: without padding. */
  readonly bare: boolean;
}

const FIELDS =
  'HH24|HH12|IYYY|YYYY|MONTH|Month|month|SSSS|A\\.M\\.|P\\.M\\.|DDD|DAY|Day|day|MON|Mon|mon|DY|Dy|dy|HH|MI|SS|MS|US|AM|PM|am|pm|YY|MM|DD|IW|WW|TZ|tz|CC|Q|D|Y';
const TOKEN = new RegExp(`"([^"]*)"|(FM)?(${FIELDS}|${FIELDS.toLowerCase()})|FM|.`, 'gs');

function pieces(format: string): readonly Piece[] {
  return [...format.matchAll(TOKEN)]
    .filter(([whole]) => whole !== 'FM')
    .map(([whole, quoted, fill, field]) => ({
      text: quoted ?? field ?? whole,
      field: field !== undefined,
      bare: fill !== undefined,
    }));
}

const PARSED: Readonly<Record<string, string>> = {
  YYYY: '%Y',
  YY: '%y',
  MM: '%m',
  DD: '%d',
  HH24: '%H',
  HH12: '%I',
  HH: '%I',
  MI: '%M',
  SS: '%S',
  MS: '%g',
  US: '%f',
  AM: '%p',
  PM: '%p',
  MON: '%b',
  MONTH: '%B',
  DDD: '%j',
  DY: '%a',
  DAY: '%A',
  TZ: '%Z',
};

const WRITTEN: Readonly<Record<string, string>> = { ...PARSED, IYYY: '%G', IW: '%V', DDD: '%j' };

/** Fields that an interval has too. */
const CLOCK: Readonly<Record<string, string>> = { HH24: '_hours', MI: '_minutes', SS: '_whole_seconds' };

/** A field as an expression. */
function written({ text, field, bare }: Piece, value: Node): Node {
  if (!field) return textConstant(text);
  const upper = text.toUpperCase();
  const time = (pattern: string): Node => call(['strftime'], [value, textConstant(pattern)]);
  if (upper === 'Q' || upper === 'D' || upper === 'WW' || upper === 'CC')
    return catalogCall(`_date_${upper.toLowerCase()}`, [value]);
  const clock = CLOCK[upper];
  if (clock !== undefined) return catalogCall(clock, [value]);
  const plain = time(WRITTEN[upper] ?? `%${text}`);
  if (['MONTH', 'DAY', 'MON', 'DY', 'AM', 'PM'].includes(upper))
    return inCase(upper.length > 3 || upper === 'DAY' ? padded(plain, bare) : plain, text);
  return bare ? call(['ltrim'], [plain, textConstant('0')]) : plain;
}

/** The names of months and days fill nine characters. */
function padded(name: Node, bare: boolean): Node {
  return bare ? name : call(['rpad'], [name, { A_Const: { ival: { ival: 9 } } }, textConstant(' ')]);
}

function inCase(node: Node, text: string): Node {
  if (text === text.toUpperCase()) return call(['upper'], [node]);
  return text === text.toLowerCase() ? call(['lower'], [node]) : node;
}

function joined(nodes: readonly Node[]): Node {
  const [first = textConstant(''), ...rest] = nodes;
  return rest.reduce<Node>(
    (lexpr, rexpr) => ({ A_Expr: { kind: 'AEXPR_OP', name: [stringNode('||')], lexpr, rexpr } }),
    first,
  );
}
