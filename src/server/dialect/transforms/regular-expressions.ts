import type { FuncCall, Node } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { call, integerConstant, lastName, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** regexp_match and regexp_matches give the groups of a match as an array; substring with a pattern gives its text. */
export const regularExpressions: Transform = {
  name: 'regular-expressions',
  visit: { FuncCall: functionCall },
};

function functionCall({ funcname, args = [] }: FuncCall): Node | undefined {
  const [text, pattern, flags] = args;
  const constant = textOf(pattern);
  if (text === undefined || pattern === undefined || constant === undefined) return undefined;
  switch (lastName(funcname)) {
    case 'regexp_match':
      return catalogCall('_when', [
        call(['regexp_matches'], [text, withFlags(constant, flags)]),
        groups(text, constant, flags),
      ]);
    case 'regexp_matches':
      return sets(text, constant, flags);
    case 'substring':
      return args.length === 2 && !/^-?\d+$/.test(constant) ? part(text, constant) : undefined;
    default:
      return undefined;
  }
}

function sets(text: Node, pattern: string, flags: Node | undefined): Node {
  const expression = withFlags(pattern, flags);
  if (textOf(flags)?.includes('g') === true) {
    return catalogCall('_regexp_all', [text, expression, integerConstant(groupCount(pattern) > 0 ? 1 : 0)]);
  }
  return catalogCall('_regexp_once', [
    call(['regexp_matches'], [text, expression]),
    groups(text, pattern, flags),
  ]);
}

function groups(text: Node, pattern: string, flags: Node | undefined): Node {
  const count = groupCount(pattern);
  const numbers = count === 0 ? [0] : Array.from({ length: count }, (_, at) => at + 1);
  const expression = withFlags(pattern, flags);
  return {
    A_ArrayExpr: {
      elements: numbers.map((group) => call(['regexp_extract'], [text, expression, integerConstant(group)])),
    },
  };
}

function part(text: Node, pattern: string): Node {
  const extract = call(
    ['regexp_extract'],
    [text, textConstant(pattern), integerConstant(groupCount(pattern) > 0 ? 1 : 0)],
  );
  return catalogCall('_when', [call(['regexp_matches'], [text, textConstant(pattern)]), extract]);
}

function withFlags(pattern: string, flags: Node | undefined): Node {
  return textConstant(textOf(flags)?.includes('i') === true ? `(?i)${pattern}` : pattern);
}

function groupCount(pattern: string): number {
  return (
    pattern
      .replace(/\\./gs, '')
      .replace(/\[[^\]]*\]/g, '')
      .match(/\((?!\?)/g) ?? []
  ).length;
}
