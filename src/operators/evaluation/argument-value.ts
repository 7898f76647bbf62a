import type { OperatorArg } from '../cascade/cascade.ts';

/** Texts arrive as they are, other types as JSON; what was left out is the cascade's default. */
export function argumentValue(arg: OperatorArg, text: string | null): unknown {
  if (text === null) return arg.default ?? null;
  return isText(arg.type) ? text : (JSON.parse(text) as unknown);
}

export function isText(type: string): boolean {
  return /^(VARCHAR|TEXT|STRING|CHAR|BPCHAR)(\s*\(\d+\))?$/i.test(type.trim());
}
