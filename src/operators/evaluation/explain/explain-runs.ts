import { matchingEnd } from '../../lexer/brackets.ts';
import { codeTokens, isSign, isWord, tokenAt } from '../../lexer/code-token.ts';

/** Whether an EXPLAIN runs what it explains: EXPLAIN ANALYZE does, EXPLAIN alone does nothing. */
export function explainRuns(sql: string): boolean {
  const code = codeTokens(sql);
  if (!isSign(tokenAt(code, 1), '(')) return isWord(tokenAt(code, 1), 'ANALYZE', 'ANALYSE');
  const options = code.slice(2, matchingEnd(code, 1) - 1);
  return options.some((option, at) => {
    const { start, end } = tokenAt(options, at + 1);
    const isOff = /^'?(?:false|off|0)'?$/i.test(sql.slice(start, end));
    return isWord(option, 'ANALYZE', 'ANALYSE') && !isOff;
  });
}
