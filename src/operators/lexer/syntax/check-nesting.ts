import { SqlError } from '../../../errors.ts';
import { isWord, tokenAt, type CodeToken } from '../code-token.ts';

/** Forms within forms, one level a round. */
export const MAX_DEPTH = 64;

interface Open {
  readonly closedBy: 'bracket' | 'end';
  readonly isForm: boolean;
}

/**
 * Refuses forms within forms beyond a depth, before any of them is looked at: a form is read up to its end, and so
 * the depth is how often a text is read. Throws SqlError 54001.
 */
export function checkNesting(code: readonly CodeToken[], words: ReadonlySet<string>): void {
  const open: Open[] = [];
  let forms = 0;
  const close = (): void => {
    if (open.pop()?.isForm === true) forms -= 1;
  };
  for (const [index, token] of code.entries()) {
    if (isBracket(token, ')]}')) {
      while (open.at(-1)?.closedBy === 'end') close();
      close();
    } else if (isWord(token, 'END')) {
      if (open.at(-1)?.closedBy === 'end') close();
    } else {
      const opened = openedBy(code, index, words);
      if (opened === undefined) continue;
      open.push(opened);
      if (opened.isForm) forms += 1;
      if (forms > MAX_DEPTH) throw tooDeep();
    }
  }
}

export function tooDeep(): SqlError {
  return new SqlError('54001', 'semantic forms are nested too deeply', {
    hint: `At most ${MAX_DEPTH} may stand within one another.`,
  });
}

function openedBy(code: readonly CodeToken[], index: number, words: ReadonlySet<string>): Open | undefined {
  const token = tokenAt(code, index);
  if (isWord(token, 'CASE', 'SEMANTIC_CASE')) return { closedBy: 'end', isForm: words.has(token.text) };
  if (!isBracket(token, '([{')) return undefined;
  const beside = [tokenAt(code, index - 1), tokenAt(code, index + 1)];
  return { closedBy: 'bracket', isForm: beside.some(({ text }) => words.has(text)) };
}

function isBracket(token: CodeToken, signs: string): boolean {
  return token.kind === 'punctuation' && signs.includes(token.text);
}
