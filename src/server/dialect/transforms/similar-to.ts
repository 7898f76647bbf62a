import type { A_Expr, Node } from 'libpg-query';
import { bodyOf, call, nameParts, not, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** SIMILAR TO has the wildcards of LIKE and the operators of regular expressions, and matches the whole text. */
export const similarTo: Transform = {
  name: 'similar-to',
  visit: { A_Expr: expression },
};

function expression(body: A_Expr): Node | undefined {
  if (body.kind !== 'AEXPR_SIMILAR' || body.lexpr === undefined) return undefined;
  const [pattern, escape] = bodyOf(body.rexpr, 'FuncCall')?.args ?? [];
  const text = textOf(pattern);
  if (pattern === undefined || text === undefined) return undefined;
  const match = call(
    ['regexp_full_match'],
    [body.lexpr, textConstant(regularExpression(text, textOf(escape) ?? '\\'))],
  );
  return nameParts(body.name).at(-1)?.startsWith('!') === true ? not(match) : match;
}

/** In brackets nothing is a wildcard. */
export function regularExpression(pattern: string, escape: string): string {
  let made = '';
  let inBrackets = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === escape && at + 1 < pattern.length) made += `\\${pattern.charAt((at += 1))}`;
    else if (inBrackets) made += character;
    else made += WILDCARDS[character] ?? character;
    if (character === '[') inBrackets = true;
    if (character === ']') inBrackets = false;
  }
  return made;
}

const WILDCARDS: Readonly<Record<string, string>> = { '%': '.*', _: '.', '.': '\\.', '^': '\\^', $: '\\$' };
