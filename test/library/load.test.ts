import { describe, expect, it } from 'vitest';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { packagePath } from '../../src/cli/package-folder.ts';

describe('the shipped operators', () => {
  it('load, and each says what it does and carries test cases', async () => {
    const { operators } = await loadOperatorSet([packagePath('cascades')], 1);
    expect(operators.size).toBeGreaterThan(24);
    const bare = [...operators.values()].filter(
      ({ cascade, sql }) => sql.description.length < 20 || cascade.testCases.length === 0,
    );
    expect(bare.map(({ sql }) => sql.name)).toEqual([]);
  });

  it('give the keywords that they promise, and NOT before those that answer true or false', async () => {
    const { patterns } = await loadOperatorSet([packagePath('cascades')], 1);
    expect([...patterns.keys()].sort()).toEqual(
      [
        ...[
          'MEANS',
          'MATCHES',
          'IMPLIES',
          'CONTRADICTS',
          'SUPPORTS',
          'SOUNDS_LIKE',
          'SAME_AS',
          'ALIGNS WITH',
          'PAIRS_WITH',
          'ANSWERS',
        ].flatMap((keyword) => [keyword, `NOT ${keyword}`]),
        ...['ABOUT', 'RELEVANCE TO', 'ASK', 'EXTRACTS', 'SIMILAR_TO'],
      ].sort(),
    );
  });
});
