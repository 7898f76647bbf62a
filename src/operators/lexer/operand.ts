import { isSign, isWord, tokenAt, type CodeToken } from './code-token.ts';
import { isClosingWord, isInfixWord, isOpeningWord, isReserved } from './keywords.ts';

const PREFIX_OPERATORS: ReadonlySet<string> = Object.freeze(
  new Set(['+', '-', '~', '@', '!', '!!', '?', '#', '|/', '||/']),
);

/** Whether an expression may begin with the token at `index`. */
export function beginsOperand(code: readonly CodeToken[], index: number): boolean {
  const token = tokenAt(code, index);
  switch (token.kind) {
    case 'word':
      return isOpeningWord(token.text, isBracket(tokenAt(code, index + 1)));
    case 'operator':
      return PREFIX_OPERATORS.has(token.text);
    case 'punctuation':
      return isBracket(token);
    default:
      return true;
  }
}

/**
 * Whether an expression may end with the token at `index`. `afterOperand` says whether one could end right before
 * it. Closing brackets are judged where their opening is known.
 */
export function endsOperand(code: readonly CodeToken[], index: number, afterOperand: boolean): boolean {
  const token = tokenAt(code, index);
  switch (token.kind) {
    case 'word':
      return wordEndsOperand(code, index, afterOperand);
    case 'operator':
      return !afterOperand && (token.text === '?' || token.text === '*');
    case 'punctuation':
      return false;
    default:
      return true;
  }
}

function wordEndsOperand(code: readonly CodeToken[], index: number, afterOperand: boolean): boolean {
  const { text } = tokenAt(code, index);
  const previous = tokenAt(code, index - 1);
  if (isSign(previous, '.')) return true;
  if (isReserved(text)) return isClosingWord(text) || (text === 'ALL' && isWord(previous, 'BY'));
  if (text === 'BETWEEN' || text === 'VALUES') return false;
  if (text === 'RECURSIVE') return !isWord(previous, 'WITH');
  if (text === 'ZONE') return !isAtTimeZone(code, index);
  return !(afterOperand && isInfixWord(text));
}

function isAtTimeZone(code: readonly CodeToken[], index: number): boolean {
  return isWord(tokenAt(code, index - 1), 'TIME') && isWord(tokenAt(code, index - 2), 'AT');
}

function isBracket(token: CodeToken): boolean {
  return isSign(token, '(') || isSign(token, '[') || isSign(token, '{');
}
