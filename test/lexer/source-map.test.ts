import { describe, expect, it } from 'vitest';
import { IDENTITY_MAP, applyEdits, type TextEdit } from '../../src/operators/lexer/source-map.ts';
import { Random } from './random.ts';

describe('a source map', () => {
  it('gives the very same string back where there is no edit', () => {
    const { sql, map } = applyEdits('abc', []);
    expect(sql).toBe('abc');
    expect(map).toBe(IDENTITY_MAP);
    expect(map.toSource(2)).toBe(2);
  });

  it('leads back over edits that lengthen, shorten, insert and remove', () => {
    const edits = [
      { start: 0, end: 1, text: 'AAA' },
      { start: 3, end: 6, text: 'x' },
      { start: 7, end: 7, text: '++' },
      { start: 8, end: 9, text: '' },
    ];
    const { sql, map } = applyEdits('abcdefghij', edits);
    expect(sql).toBe('AAAbcxg++hj');
    expect([...sql, 'end'].map((_, at) => map.toSource(at))).toEqual([0, 0, 0, 1, 2, 3, 6, 7, 7, 7, 9, 10]);
  });

  it('is put before the map of the next rewrite', () => {
    const first = applyEdits('one two three', [{ start: 4, end: 7, text: 'second' }]);
    const second = applyEdits(first.sql, [{ start: 0, end: 3, text: '1' }]);
    expect(second.sql).toBe('1 second three');
    const map = first.map.then(second.map);
    expect(map.toSource(second.sql.indexOf('three'))).toBe('one two '.length);
    expect(map.toSource(second.sql.indexOf('second') + 2)).toBe('one '.length);
  });

  it('is itself before and behind the map of a rewrite that changed nothing', () => {
    const { map } = applyEdits('ab', [{ start: 0, end: 1, text: 'xyz' }]);
    expect(map.then(IDENTITY_MAP)).toBe(map);
    expect(IDENTITY_MAP.then(map)).toBe(map);
  });

  it('is frozen', () => {
    expect(Object.isFrozen(applyEdits('ab', [{ start: 0, end: 1, text: '' }]).map)).toBe(true);
  });

  it('leads each character that random rewrites in a row have left alone back to itself', () => {
    const random = new Random(5);
    for (let round = 0; round < 500; round += 1) {
      // Every character of the source occurs once, so that it can be found again.
      const source = String.fromCharCode(...Array.from({ length: 60 }, (_, at) => 0x4e00 + at));
      let rewritten = applyEdits(source, []);
      for (let pass = 0; pass < 3; pass += 1) {
        const next = applyEdits(rewritten.sql, randomEdits(random, rewritten.sql.length));
        rewritten = { sql: next.sql, map: rewritten.map.then(next.map) };
      }
      for (const [at, character] of [...rewritten.sql].entries()) {
        if (character >= '\u4e00') expect(source[rewritten.map.toSource(at)]).toBe(character);
      }
    }
  });
});

function randomEdits(random: Random, length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = random.below(8); at < length; at += 1 + random.below(12)) {
    const end = Math.min(length, at + random.below(4));
    edits.push({ start: at, end, text: 'x'.repeat(random.below(5)) });
    at = end;
  }
  return edits;
}
