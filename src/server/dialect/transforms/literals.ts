import type { A_Expr, Node, TypeCast, TypeName } from 'libpg-query';
import { bodyOf, call, lastName, nameParts, stringNode, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** Texts that PostgreSQL reads as a value of a type and DuckDB does not. */
export const literals: Transform = {
  name: 'literals',
  visit: { TypeCast: literal, A_Expr: symmetric },
};

const TRUE = /^\s*(?:t|tr|tru|true|y|ye|yes|on|1)\s*$/i;
const FALSE = /^\s*(?:f|fa|fal|fals|false|n|no|of|off|0)\s*$/i;

function literal({ arg, typeName }: TypeCast): Node | undefined {
  const text = textOf(arg);
  if (text === undefined || typeName?.arrayBounds !== undefined) return undefined;
  switch (lastName(typeName?.names)) {
    case 'bool':
      return TRUE.test(text) || FALSE.test(text)
        ? { A_Const: { boolval: { boolval: TRUE.test(text) } } }
        : undefined;
    case 'bytea':
      return /^\\x(?:[0-9a-f]{2})*$/i.test(text) ? call(['unhex'], [textConstant(text.slice(2))]) : undefined;
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return beforeChrist(text, typeName);
    default:
      return undefined;
  }
}

function beforeChrist(text: string, typeName: TypeName | undefined): Node | undefined {
  if (!/\sBC$/.test(text) || typeName === undefined) return undefined;
  return { TypeCast: { arg: textConstant(text.replace(/\sBC$/, ' (BC)')), typeName } };
}

/** BETWEEN SYMMETRIC takes its bounds in either order. */
function symmetric(body: A_Expr): Node | undefined {
  const [low, high] = bodyOf(body.rexpr, 'List')?.items ?? [];
  const kind =
    body.kind === 'AEXPR_BETWEEN_SYM'
      ? 'AEXPR_BETWEEN'
      : body.kind === 'AEXPR_NOT_BETWEEN_SYM'
        ? 'AEXPR_NOT_BETWEEN'
        : undefined;
  if (kind === undefined || low === undefined || high === undefined) return undefined;
  const bound = (op: 'IS_LEAST' | 'IS_GREATEST'): Node => ({ MinMaxExpr: { op, args: [low, high] } });
  const name = nameParts(body.name).map((part) => stringNode(part.replace(' SYMMETRIC', '')));
  return {
    A_Expr: { ...body, kind, name, rexpr: { List: { items: [bound('IS_LEAST'), bound('IS_GREATEST')] } } },
  };
}
