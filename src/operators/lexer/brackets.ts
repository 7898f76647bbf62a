import { tokenAt, type CodeToken } from './code-token.ts';

/** Index behind the bracket that closes the one at `index`. */
export function matchingEnd(code: readonly CodeToken[], index: number): number {
  let depth = 0;
  for (let at = index; at < code.length; at += 1) {
    const { kind, text } = tokenAt(code, at);
    if (kind !== 'punctuation') continue;
    if (text === '(' || text === '[' || text === '{') depth += 1;
    else if (text === ')' || text === ']' || text === '}') depth -= 1;
    if (depth <= 0) return at + 1;
  }
  return code.length;
}
