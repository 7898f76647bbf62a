import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { corpus } from './corpus.ts';

const ROOT = new URL('../../', import.meta.url);
const lines = readFileSync(new URL('docs/compatibility.md', ROOT), 'utf8').split('\n');
const rows = lines.filter(
  (line) => line.startsWith('|') && !/\| test +\|$/.test(line) && !line.startsWith('| --'),
);

test('every row of the compatibility table names a test that exists', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => !namesATest(row))).toEqual([]);
});

/** A test by its title, or a topic of the corpus, each of which is a group of tests. */
function namesATest(row: string): boolean {
  const match = /`(test\/[^`]+)` › (.+?) *\|$/.exec(row);
  if (match === null) return false;
  const [, file = '', title = ''] = match;
  const path = new URL(file, ROOT);
  return existsSync(path) && (readFileSync(path, 'utf8').includes(`'${title}'`) || corpus().has(title));
}
