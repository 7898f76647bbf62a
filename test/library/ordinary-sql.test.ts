import { describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import { ORDINARY_SQL } from '../lexer/ordinary-sql.ts';

const operators = await loadOperatorSet([packagePath('cascades')], 1);

const NAMES = [
  'SELECT topics, best, themes, ask, score, fix, valid, about FROM dedupe AS outliers',
  'SELECT t.best, t.consensus AS themes FROM best t WHERE topics > 3 ORDER BY themes, best DESC',
  'CREATE TABLE best (themes INTEGER, ask VARCHAR, vector_search TEXT, semantic BOOLEAN)',
  'INSERT INTO best (themes, ask) VALUES (1, 2)',
  'WITH themes (consensus) AS (SELECT 1), semantic AS (SELECT 2) SELECT consensus FROM themes JOIN semantic ON true',
  'SELECT semantic FROM t semantic WHERE semantic.x = 1',
  'SELECT vector_search, keyword_search FROM hybrid_search',
  "SELECT a ~ 'x' FROM t JOIN u ON t.a ~ u.b",
  'SELECT semantic_case FROM t',
  'SUMMARIZE t',
  'SUMMARIZE SELECT 1',
  'SELECT count(*) FILTER (WHERE best) OVER (ORDER BY themes) FROM t',
  'SELECT max(a ORDER BY best) FROM t',
  'UPDATE t SET best = themes, semantic = true',
];

describe('ordinary SQL, beside the shipped operators', () => {
  it.each([...ORDINARY_SQL, ...NAMES])('comes through with the very same bytes: %s', (sql) => {
    expect(rewriteSemanticSyntax(sql, operators).sql).toBe(sql);
  });
});
