import { SqlError } from '../../../errors.ts';
import { isSign, isWord, tokenAt, type CodeToken } from '../code-token.ts';
import type { TextEdit } from '../source-map.ts';
import { next, textBetween } from './call-parts.ts';
import type { SyntaxForm } from './syntax-form.ts';

/** The operator that says which of several descriptions fits. */
const CHOICE = 'semantic_choice';
const NONE = 'none of these';

/**
 * `SEMANTIC_CASE x WHEN SEMANTIC 'c' THEN r … ELSE d END` as an ordinary CASE over one choice among all conditions: a
 * call a value, however many conditions there are.
 */
export const SEMANTIC_CASE: SyntaxForm = Object.freeze({ words: () => ['SEMANTIC_CASE'], edit: editOf });

interface Branch {
  readonly condition: string;
  readonly result: string;
}

function editOf(sql: string, code: readonly CodeToken[], index: number): TextEdit | undefined {
  const token = tokenAt(code, index);
  if (token.text !== 'SEMANTIC_CASE' || isWord(tokenAt(code, index + 1), 'FROM', 'AS', 'END'))
    return undefined;
  const marks = marksOf(code, index + 1);
  const end = marks.at(-1) ?? index;
  if (!isWord(tokenAt(code, end), 'END') || !isWord(tokenAt(code, marks[0] ?? end), 'WHEN')) return undefined;
  const branches = branchesOf(sql, code, marks);
  const last = marks.at(-2) ?? end;
  const fallback = isWord(tokenAt(code, last), 'ELSE')
    ? ` ELSE ${textBetween(sql, code, last + 1, end)}`
    : '';
  const conditions = [...branches.map(({ condition }) => condition), `'${NONE}'`].join(', ');
  const choice = `${CHOICE}(${textBetween(sql, code, index + 1, marks[0] ?? end)}, ARRAY[${conditions}])`;
  const whens = branches.map(({ condition, result }) => `WHEN ${condition} THEN ${result}`).join(' ');
  return { start: token.start, end: tokenAt(code, end).end, text: `CASE ${choice} ${whens}${fallback} END` };
}

/** Indexes of WHEN, THEN, ELSE and END of this form, those of a CASE inside it left out; it ends with its bracket. */
function marksOf(code: readonly CodeToken[], from: number): readonly number[] {
  const marks: number[] = [];
  let inner = 0;
  for (let at = from; at < code.length; at = next(code, at)) {
    const token = tokenAt(code, at);
    if (isSign(token, ')') || isSign(token, ';')) break;
    if (isWord(token, 'CASE', 'SEMANTIC_CASE')) inner += 1;
    else if (isWord(token, 'END') && inner > 0) inner -= 1;
    else if (inner === 0 && isWord(token, 'WHEN', 'THEN', 'ELSE', 'END')) marks.push(at);
    if (inner === 0 && marks.at(-1) === at && isWord(token, 'END')) break;
  }
  return marks;
}

function branchesOf(sql: string, code: readonly CodeToken[], marks: readonly number[]): readonly Branch[] {
  return marks.flatMap((mark, at) => {
    if (!isWord(tokenAt(code, mark), 'WHEN')) return [];
    const then = marks[at + 1] ?? mark;
    const after = marks[at + 2] ?? then;
    if (!isWord(tokenAt(code, mark + 1), 'SEMANTIC') || !isWord(tokenAt(code, then), 'THEN')) {
      throw new SqlError('42601', 'SEMANTIC_CASE takes WHEN SEMANTIC … THEN … only', {
        position: tokenAt(code, mark).start + 1,
        hint: "Write it as SEMANTIC_CASE x WHEN SEMANTIC '…' THEN … ELSE … END, or nest it in a CASE.",
      });
    }
    const condition = textBetween(sql, code, mark + 2, then);
    return [{ condition, result: textBetween(sql, code, then + 1, after) }];
  });
}
