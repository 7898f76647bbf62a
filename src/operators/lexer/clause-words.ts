import { isSign, isWord, tokenAt, type CodeToken } from './code-token.ts';
import type { Frame } from './frame.ts';

type Turn = (frame: Frame, code: readonly CodeToken[], index: number) => void;

/** What a word at the head of a clause makes of the place behind it. */
const TURNS: ReadonlyMap<string, Turn> = Object.freeze(
  new Map<string, Turn>([
    ['SELECT', query],
    ['WHERE', expression],
    ['RETURN', (frame) => frame.place === 'definition' && expression(frame)],
    ['DEFAULT', (frame) => frame.place === 'definition' && expression(frame)],
    ...['HAVING', 'QUALIFY', 'RETURNING', 'LIMIT', 'OFFSET', 'FETCH', 'GROUP', 'WINDOW'].map(clause),
    ...['UNION', 'INTERSECT', 'EXCEPT'].map(clause),
    ['ON', (frame) => frame.query && (frame.place = 'expression')],
    ['WHEN', (frame) => frame.place === 'relation' && expression(frame)],
    ['ORDER', order],
    ['FROM', from],
    ['JOIN', (frame) => frame.query && relation(frame, true)],
    ['INTO', (frame) => frame.query && relation(frame, false)],
    ['USING', using],
    ['SET', (frame) => frame.query && frame.place === 'relation' && expression(frame)],
    ['VALUES', values],
    ['AS', body],
    ...['INSERT', 'UPDATE', 'DELETE', 'MERGE'].map(command),
    ['WITH', commonTables],
    ...['TABLE', 'PIVOT', 'UNPIVOT', 'PIVOT_WIDER', 'PIVOT_LONGER'].map(opening),
  ]),
);

/** Turns the frame's place where the word at `index` heads a clause. */
export function turnPlace(frame: Frame, code: readonly CodeToken[], index: number): void {
  const before = tokenAt(code, index - 1);
  if (isSign(before, '.') && index > frame.first) return;
  TURNS.get(tokenAt(code, index).text)?.(frame, code, index);
}

function expression(frame: Frame): void {
  frame.place = 'expression';
  frame.tables = false;
}

function relation(frame: Frame, tables: boolean): void {
  frame.place = 'relation';
  frame.tables = tables;
}

function query(frame: Frame): void {
  frame.query = true;
  expression(frame);
}

function clause(word: string): [string, Turn] {
  return [word, (frame) => frame.query && expression(frame)];
}

function order(frame: Frame, code: readonly CodeToken[], index: number): void {
  if (!isWord(tokenAt(code, index + 1), 'BY')) return;
  frame.place = 'ordering';
  frame.tables = false;
}

function from(frame: Frame, code: readonly CodeToken[], index: number): void {
  if (isDistinctFrom(code, index)) return;
  if (index === frame.first) frame.query = true;
  if (frame.query) relation(frame, true);
}

function isDistinctFrom(code: readonly CodeToken[], index: number): boolean {
  if (!isWord(tokenAt(code, index - 1), 'DISTINCT')) return false;
  const before = tokenAt(code, index - 2);
  return isWord(before, 'IS') || (isWord(before, 'NOT') && isWord(tokenAt(code, index - 3), 'IS'));
}

function using(frame: Frame): void {
  if (frame.statement === 'ALTER' || frame.command.includes('PIVOT')) expression(frame);
}

function values(frame: Frame, code: readonly CodeToken[], index: number): void {
  if (!isSign(tokenAt(code, index + 1), '(')) return;
  if (index === frame.first) query(frame);
  else if (frame.place === 'relation') expression(frame);
}

/** The AS before the body of a CREATE or a PREPARE, which begins like a statement. */
function body(frame: Frame, _code: readonly CodeToken[], index: number): void {
  if (frame.place !== 'definition' || frame.base !== null) return;
  const creates = frame.statement === 'CREATE' && frame.object !== 'TYPE';
  if (!creates && frame.statement !== 'PREPARE') return;
  query(frame);
  frame.first = index + 1;
}

function command(word: string): [string, Turn] {
  return [
    word,
    (frame, code, index) => {
      if (!startsCommand(frame, code, index)) return;
      frame.query = true;
      relation(frame, false);
    },
  ];
}

function startsCommand(frame: Frame, code: readonly CodeToken[], index: number): boolean {
  const before = tokenAt(code, index - 1);
  if (index === frame.first || isWord(before, 'DO', 'ATOMIC')) return true;
  if (isSign(before, ')')) return frame.place === 'relation';
  if (isWord(before, 'THEN')) return frame.command === 'MERGE' || frame.command === 'WITH';
  return false;
}

function commonTables(frame: Frame, code: readonly CodeToken[], index: number): void {
  const next = tokenAt(code, index + 1);
  const behind = tokenAt(code, index + 2);
  const names = isWord(behind, 'AS', 'USING') || isSign(behind, '(');
  if (isWord(next, 'ORDINALITY') || !(names || isWord(next, 'RECURSIVE'))) return;
  frame.query = true;
  relation(frame, false);
}

function opening(word: string): [string, Turn] {
  return [
    word,
    (frame, _code, index) => {
      if (index !== frame.first) return;
      frame.query = true;
      relation(frame, false);
    },
  ];
}
