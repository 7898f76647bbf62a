import { SqlError } from '../../../errors.ts';
import { isSign, isWord, tokenAt, type CodeToken } from '../code-token.ts';
import type { TextEdit } from '../source-map.ts';
import { next } from './call-parts.ts';
import type { SyntaxForm } from './syntax-form.ts';

/** The operator that `~` stands for in the condition of a semantic join. */
const SAME = ' SAME_AS ';

const BEHIND_ON = [
  ...[
    'JOIN',
    'LEFT',
    'RIGHT',
    'FULL',
    'INNER',
    'CROSS',
    'NATURAL',
    'SEMANTIC',
    'WHERE',
    'GROUP',
    'HAVING',
    'ORDER',
  ],
  ...[
    'LIMIT',
    'OFFSET',
    'FETCH',
    'WINDOW',
    'QUALIFY',
    'UNION',
    'INTERSECT',
    'EXCEPT',
    'SET',
    'RETURNING',
    'WHEN',
  ],
] as const;

/** `SEMANTIC JOIN t ON a.x ~ b.y`: a join in whose condition `~` asks whether two texts mean the same. */
export const SEMANTIC_JOIN: SyntaxForm = Object.freeze({ words: () => ['SEMANTIC'], edit: editOf });

function editOf(sql: string, code: readonly CodeToken[], index: number): TextEdit | undefined {
  const token = tokenAt(code, index);
  if (token.text !== 'SEMANTIC' || !isWord(tokenAt(code, index + 1), 'JOIN')) return undefined;
  const on = find(code, index + 2, (at) => isWord(tokenAt(code, at), 'ON'));
  const end = on === undefined ? undefined : conditionEnd(code, on + 1);
  const tilde = on === undefined || end === undefined ? undefined : tildeIn(code, on + 1, end);
  if (tilde === undefined) {
    throw new SqlError('42601', 'SEMANTIC JOIN needs a condition with ~', {
      position: token.start + 1,
      hint: 'Write it as SEMANTIC JOIN t ON a.x ~ t.y.',
    });
  }
  const { start, end: after } = tokenAt(code, tilde);
  const join = tokenAt(code, index + 1).start;
  return { start: token.start, end: after, text: sql.slice(join, start).trimEnd() + SAME };
}

function find(code: readonly CodeToken[], from: number, fits: (at: number) => boolean): number | undefined {
  for (let at = from; at < code.length; at = next(code, at)) {
    if (fits(at)) return at;
    if (isSign(tokenAt(code, at), ')') || isSign(tokenAt(code, at), ';')) return undefined;
  }
  return undefined;
}

function conditionEnd(code: readonly CodeToken[], from: number): number {
  const ends = (at: number): boolean =>
    isWord(tokenAt(code, at), ...BEHIND_ON) ||
    isSign(tokenAt(code, at), ')') ||
    isSign(tokenAt(code, at), ';');
  for (let at = from; at < code.length; at = next(code, at)) if (ends(at)) return at;
  return code.length;
}

/** Also inside brackets: `ON (a.x ~ b.y AND …)`. */
function tildeIn(code: readonly CodeToken[], from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    const { kind, text } = tokenAt(code, at);
    if (kind === 'operator' && text === '~') return at;
  }
  return undefined;
}
