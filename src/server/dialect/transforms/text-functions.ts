import type { FuncCall, Node } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { bodyOf, call, integerOf, lastName, textConstant } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** Functions on text with the arguments that PostgreSQL takes. */
export const textFunctions: Transform = {
  name: 'text-functions',
  visit: { FuncCall: functionCall },
};

function functionCall({ funcname, args = [], func_variadic }: FuncCall): Node | undefined {
  const [first, second, third] = args;
  if (first === undefined) return undefined;
  switch (lastName(funcname)) {
    case 'lpad':
    case 'rpad':
      return args.length === 2 ? call([lastName(funcname)], [...args, textConstant(' ')]) : undefined;
    case 'substr':
    case 'substring':
      return second === undefined || (integerOf(second) ?? 0) > 0 ? undefined : catalogCall('_part', args);
    case 'length':
      return isBytes(first) ? call(['octet_length'], args) : undefined;
    case 'overlay':
      return catalogCall('_overlay', args);
    case 'concat_ws':
      return func_variadic === true && second !== undefined && third === undefined
        ? catalogCall('array_to_string', [second, first])
        : undefined;
    default:
      return undefined;
  }
}

function isBytes(node: Node): boolean {
  return (
    lastName(bodyOf(node, 'TypeCast')?.typeName?.names) === 'bytea' ||
    lastName(bodyOf(node, 'FuncCall')?.funcname) === 'unhex'
  );
}
