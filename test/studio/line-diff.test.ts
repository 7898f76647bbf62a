import { expect, test } from 'vitest';
import { foldedDiff } from '../../src/studio/text/folded-diff.ts';
import { lineDiff } from '../../src/studio/text/line-diff.ts';
import { Chance } from '../http/support/chance.ts';

function side(lines: ReturnType<typeof lineDiff>, left: 'added' | 'removed'): string {
  return lines
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join('\n');
}

test('a block that was put in is the only change', () => {
  const lines = lineDiff('a\nb\nc', 'a\n<x>\nb\nc');
  expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same a',
    'added <x>',
    'same b',
    'same c',
  ]);
});

test('both texts can be read back from any diff', () => {
  const chance = new Chance(3);
  for (let run = 0; run < 200; run += 1) {
    const text = () =>
      Array.from({ length: chance.below(12) }, () => chance.of(['a', 'b', 'c', ''])).join('\n');
    const [before, after] = [text(), text()];
    const lines = lineDiff(before, after);
    expect([side(lines, 'added'), side(lines, 'removed')]).toEqual([before, after]);
  }
});

test('what is the same for long is folded, and nothing is lost', () => {
  const equal = Array.from({ length: 20 }, (_unused, at) => `line ${at}`).join('\n');
  const lines = lineDiff(equal, `${equal}\nnew`);
  const parts = foldedDiff(lines);
  expect(parts.map(({ fold }) => fold)).toEqual([17, 0]);
  expect(parts.flatMap((part) => part.lines)).toEqual(lines);
});

test('equal texts are shown whole', () => {
  expect(foldedDiff(lineDiff('a\nb', 'a\nb')).map(({ fold }) => fold)).toEqual([0]);
});
