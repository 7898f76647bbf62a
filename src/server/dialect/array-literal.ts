import type { Node } from 'libpg-query';
import { NULL_CONSTANT, textConstant } from './syntax-tree.ts';

interface Cursor {
  readonly text: string;
  at: number;
}

/** The array that a text such as `{1,NULL,"a b",{2}}` writes; undefined where it writes none. */
export function arrayConstant(text: string): Node | undefined {
  const cursor: Cursor = { text: text.trim(), at: 0 };
  const array = readArray(cursor);
  return array !== undefined && cursor.at === cursor.text.length ? array : undefined;
}

function readArray(cursor: Cursor): Node | undefined {
  if (cursor.text[cursor.at] !== '{') return undefined;
  const elements: Node[] = [];
  do {
    cursor.at += 1;
    skipSpace(cursor);
    if (cursor.text[cursor.at] === '}' && elements.length === 0) break;
    const element = readElement(cursor);
    if (element === undefined) return undefined;
    elements.push(element);
    skipSpace(cursor);
  } while (cursor.text[cursor.at] === ',');
  if (cursor.text[cursor.at] !== '}') return undefined;
  cursor.at += 1;
  return { A_ArrayExpr: { elements } };
}

function readElement(cursor: Cursor): Node | undefined {
  const first = cursor.text[cursor.at];
  if (first === '{') return readArray(cursor);
  if (first === '"') return readQuoted(cursor);
  const plain = /[^,{}"]*/y;
  plain.lastIndex = cursor.at;
  const word = plain.exec(cursor.text)?.[0] ?? '';
  cursor.at += word.length;
  const value = word.trim();
  if (value === '') return undefined;
  return value.toUpperCase() === 'NULL' ? NULL_CONSTANT : textConstant(value);
}

function readQuoted(cursor: Cursor): Node | undefined {
  const quoted = /"((?:[^"\\]|\\.)*)"/sy;
  quoted.lastIndex = cursor.at;
  const match = quoted.exec(cursor.text);
  if (match === null) return undefined;
  cursor.at += match[0].length;
  return textConstant((match[1] ?? '').replace(/\\(.)/gs, '$1'));
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
}
