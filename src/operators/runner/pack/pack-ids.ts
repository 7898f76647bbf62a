import { randomBytes } from 'node:crypto';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 6;

/** Ids for items that no item can know: each is random, and none stands in the text. */
export function packIds(count: number, text: string): readonly string[] {
  const ids = new Set<string>();
  while (ids.size < count) {
    const id = randomId();
    if (!text.includes(id)) ids.add(id);
  }
  return [...ids];
}

function randomId(): string {
  return Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
}
